package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names of tools and the ids of their calls in a conversation, as a platform takes them. */
public final class ToolNames {
    private ToolNames() {}

    /** The names of the tools that are offered, chosen or were called. */
    public static FittedNames names(Conversation conversation, FittedNames.Rule rule) {
        Set<String> names = new LinkedHashSet<>();
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Function function) {
                names.add(function.name());
            }
        }
        names.addAll(conversation.toolChoice().names());
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(call.name());
                }
            }
        }
        return FittedNames.of(names, rule);
    }

    /** The ids of the calls that were made. */
    public static FittedNames ids(Conversation conversation, FittedNames.Rule rule) {
        Set<String> ids = new LinkedHashSet<>();
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    ids.add(call.id());
                }
            }
        }
        return FittedNames.of(ids, rule);
    }
}
