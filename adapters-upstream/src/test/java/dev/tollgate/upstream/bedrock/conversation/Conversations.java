package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.List;

/** Conversations for the tests. */
public final class Conversations {
    public static final Conversation HELLO = of(user(new Part.Text("Hello")));

    private Conversations() {}

    public static Conversation of(Turn... turns) {
        return new Conversation(
                List.of(turns), List.of(), ToolChoice.AUTO, Sampling.ORDINARY, null, null, OutputFormat.TEXT, List.of());
    }

    static Turn user(Part... parts) {
        return new Turn(Role.USER, List.of(parts));
    }

    static Turn assistant(Part... parts) {
        return new Turn(Role.ASSISTANT, List.of(parts));
    }

    static Turn system(String text) {
        return new Turn(Role.SYSTEM, List.of(new Part.Text(text)));
    }

    static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, new RawJson(arguments), null);
    }

    static Part.ToolResult result(String id, String name, String text) {
        return new Part.ToolResult(id, name, List.of(new Part.Text(text)), false);
    }

    static Tool.Function tool(String name, String schema) {
        return new Tool.Function(name, "Does " + name, new RawJson(schema), null, false);
    }

    static Conversation tools(Conversation of, ToolChoice choice, Tool... tools) {
        return new Conversation(
                of.turns(),
                List.of(tools),
                choice,
                of.sampling(),
                of.outputBound(),
                of.reasoning(),
                of.format(),
                List.of());
    }

    static Conversation sampling(Conversation of, Sampling sampling) {
        return new Conversation(
                of.turns(),
                of.tools(),
                of.toolChoice(),
                sampling,
                of.outputBound(),
                of.reasoning(),
                of.format(),
                List.of());
    }

    static Conversation reasoning(Conversation of, Reasoning reasoning, Long bound) {
        return new Conversation(
                of.turns(), of.tools(), of.toolChoice(), of.sampling(), bound, reasoning, of.format(), List.of());
    }

    static Conversation format(Conversation of, OutputFormat format) {
        return new Conversation(
                of.turns(),
                of.tools(),
                of.toolChoice(),
                of.sampling(),
                of.outputBound(),
                of.reasoning(),
                format,
                List.of());
    }
}
