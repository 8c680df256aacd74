package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.Schemas;
import java.util.List;

/** The tools and the choice among them. */
final class ConverseTools {
    /** From where on Claude models can be held to a tool's schema. */
    private static final int STRICT_SINCE = 45;

    /** What Claude models refuse at the top of a schema; without it the schema only allows more. */
    private static final List<String> NOT_AT_THE_TOP = List.of("anyOf", "oneOf", "allOf");

    private final OfferedTools offered;
    private final FittedNames names;

    ConverseTools(OfferedTools offered, FittedNames names) {
        this.offered = offered;
        this.names = names;
    }

    /** @param more the model's own members, which say what Converse has no member for */
    void write(ObjectNode body, ObjectNode more, boolean parallel, TargetModel model, Losses losses) {
        if (offered.isEmpty() && offered.mode() == Mode.REQUIRED) {
            losses.refuse(CallerField.TOOL_CHOICE, "A tool must be called and none is given");
        }
        if (offered.isEmpty() || offered.mode() == Mode.NONE) {
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        ArrayNode tools = config.putArray("tools");
        offered.functions().forEach(function -> write(tools.addObject().putObject("toolSpec"), function, model));
        if (!parallel && model.isClaude()) {
            writeOneAtATime(more.putObject("tool_choice"));
            return;
        }
        writeChoice(config);
        if (!parallel) {
            losses.drop(CallerField.PARALLEL);
        }
    }

    private void write(ObjectNode spec, Tool.Function function, TargetModel model) {
        spec.put("name", names.fit(function.name()));
        String description = function.description();
        if (description != null && !description.isBlank()) {
            spec.put("description", description);
        }
        ObjectNode schema = Schemas.parameters(function.parameters());
        if (model.isClaude()) {
            schema.remove(NOT_AT_THE_TOP);
        }
        spec.putObject("inputSchema").set("json", schema);
        boolean strict = Boolean.TRUE.equals(function.strict());
        if (strict && model.isClaude() && model.claude().version() >= STRICT_SINCE) {
            spec.put("strict", true);
        }
    }

    private void writeChoice(ObjectNode config) {
        if (offered.mode() != Mode.REQUIRED) {
            return;
        }
        ObjectNode choice = config.putObject("toolChoice");
        if (offered.only() == null) {
            choice.putObject("any");
        } else {
            choice.putObject("tool").put("name", names.fit(offered.only()));
        }
    }

    /** Claude's own member is the only place to ask for one call at a time. */
    private void writeOneAtATime(ObjectNode choice) {
        boolean forced = offered.mode() == Mode.REQUIRED;
        String only = offered.only();
        choice.put("type", only != null ? "tool" : forced ? "any" : "auto");
        if (only != null) {
            choice.put("name", names.fit(only));
        }
        choice.put("disable_parallel_tool_use", true);
    }
}
