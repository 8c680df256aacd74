package dev.tollgate.upstream.bedrock.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.upstream.http.JsonEdits;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools of a request. Converse has no way to offer a tool and forbid it, and takes calls and results in the history
 * only where tools are offered: where none may be used, none is offered and the history is told as text.
 */
final class ConverseTools {
    private final ToolChoice choice;
    private final TargetModel model;
    private final Losses losses;
    private final SafeNames names;
    private final SafeNames ids;
    private final List<Tool.Function> offered;

    ConverseTools(Conversation conversation, TargetModel model, Losses losses) {
        this.choice = conversation.toolChoice();
        this.model = model;
        this.losses = losses;
        this.names = names(conversation);
        this.ids = ids(conversation);
        this.offered = offered(conversation);
        if (offered.isEmpty() && choice.mode() == ToolChoice.Mode.REQUIRED) {
            losses.refuse(CallerField.TOOL_CHOICE, "A tool is demanded that this platform does not have");
        }
    }

    /** The names of the tools that are there and of those in the history. */
    static SafeNames names(Conversation conversation) {
        List<String> names = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Function function) {
                names.add(function.name());
            }
        }
        parts(conversation).forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                names.add(call.name());
            }
        });
        return new SafeNames(names);
    }

    private static SafeNames ids(Conversation conversation) {
        List<String> ids = new ArrayList<>();
        parts(conversation).forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                ids.add(call.id());
            }
        });
        return new SafeNames(ids);
    }

    private static List<Part> parts(Conversation conversation) {
        return conversation.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .toList();
    }

    private List<Tool.Function> offered(Conversation conversation) {
        List<Tool.Function> functions = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.WebSearch search -> losses.drop(search.field());
                case Tool.Function function -> {
                    if (choice.names().isEmpty() || choice.names().contains(function.name())) {
                        functions.add(function);
                    }
                }
            }
        }
        return choice.mode() == ToolChoice.Mode.NONE ? List.of() : functions;
    }

    /** Whether any tool may be used. */
    boolean isOffered() {
        return !offered.isEmpty();
    }

    /** Whether one must be. */
    boolean isForced() {
        return choice.mode() == ToolChoice.Mode.REQUIRED;
    }

    String safeName(String name) {
        return names.safe(name);
    }

    String safeId(String id) {
        return ids.safe(id);
    }

    /** @param more the model's own members, which say what Converse has no member for */
    void write(ObjectNode body, ObjectNode more) {
        if (!isOffered()) {
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        ArrayNode tools = config.putArray("tools");
        offered.forEach(function -> write(tools.addObject().putObject("toolSpec"), function));
        boolean oneAtATime = !choice.parallel() && model.isClaude();
        if (oneAtATime) {
            writeChoice(more.putObject("tool_choice"));
        } else {
            writeChoice(config, choice.mode());
        }
        if (!choice.parallel() && !oneAtATime) {
            losses.drop(CallerField.PARALLEL_TOOLS);
        }
    }

    private void write(ObjectNode spec, Tool.Function function) {
        spec.put("name", names.safe(function.name()));
        String description = function.description();
        if (description != null && !description.isBlank()) {
            spec.put("description", description);
        }
        Tree.put(spec.putObject("inputSchema"), "json", ofObject(function.parameters()));
        if (Boolean.TRUE.equals(function.strict()) && model.takesStrictTools()) {
            spec.put("strict", true);
        }
    }

    /** Converse refuses a schema that does not say it is an object's. */
    private static RawJson ofObject(RawJson schema) {
        byte[] json = schema.text().getBytes(UTF_8);
        if (!(JsonMembers.scan(json) instanceof JsonMembers members) || "object".equals(members.text("type"))) {
            return schema;
        }
        JsonEdits edits = new JsonEdits(json);
        edits.set(members, "type", "\"object\"");
        return new RawJson(new String(edits.bytes(), UTF_8));
    }

    /** Claude's own member, the only place to ask for one call at a time. */
    private void writeChoice(ObjectNode claudes) {
        boolean single = isForced() && choice.names().size() == 1;
        claudes.put("type", single ? "tool" : isForced() ? "any" : "auto");
        if (single) {
            claudes.put("name", names.safe(choice.names().get(0)));
        }
        claudes.put("disable_parallel_tool_use", true);
    }

    private void writeChoice(ObjectNode config, ToolChoice.Mode mode) {
        if (mode != ToolChoice.Mode.REQUIRED) {
            return;
        }
        ObjectNode chosen = config.putObject("toolChoice");
        if (choice.names().size() == 1) {
            chosen.putObject("tool").put("name", names.safe(choice.names().get(0)));
        } else {
            chosen.putObject("any");
        }
    }
}
