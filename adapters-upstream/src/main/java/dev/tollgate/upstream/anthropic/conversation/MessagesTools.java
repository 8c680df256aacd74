package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.Schemas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tools and the choice among them. */
final class MessagesTools {
    private static final String SEARCH = "web_search";
    private static final String SEARCH_TYPE = "web_search_20250305";

    /** What the API refuses at the top of a schema; without it the schema only allows more. */
    private static final List<String> NOT_AT_THE_TOP = List.of("anyOf", "oneOf", "allOf");

    private final FittedNames names;
    private final Losses losses;

    MessagesTools(FittedNames names, Losses losses) {
        this.names = names;
        this.losses = losses;
    }

    void write(OfferedTools asked, Conversation conversation, ObjectNode body) {
        OfferedTools offered = names.has(SEARCH) ? asked.withoutSearch(losses) : asked;
        ArrayNode tools = Json.array();
        offered.functions().forEach(function -> tools.add(function(function)));
        if (offered.search() != null) {
            tools.add(search(offered.search()));
        }
        if (!tools.isEmpty()) {
            body.set("tools", tools);
            choice(offered, conversation.toolChoice().parallel(), body);
            return;
        }
        if (offered.mode() == Mode.REQUIRED) {
            losses.refuse(CallerField.TOOL_CHOICE, "A tool must be called and none is given");
        }
        forgotten(conversation, body);
    }

    private ObjectNode function(Tool.Function function) {
        ObjectNode tool = Json.object().put("name", names.fit(function.name()));
        if (function.description() != null && !function.description().isEmpty()) {
            tool.put("description", function.description());
        }
        ObjectNode schema = Schemas.parameters(function.parameters());
        schema.remove(NOT_AT_THE_TOP);
        return tool.set("input_schema", schema);
    }

    private static ObjectNode search(Tool.WebSearch search) {
        ObjectNode tool = Json.object().put("type", SEARCH_TYPE).put("name", SEARCH);
        return search.usesMax() == null ? tool : tool.put("max_uses", search.usesMax());
    }

    private void choice(OfferedTools offered, boolean parallel, ObjectNode body) {
        String type = switch (offered.mode()) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> offered.only() == null ? "any" : "tool";
        };
        boolean said = offered.mode() != Mode.AUTO || !parallel;
        if (!said) {
            return;
        }
        ObjectNode choice = body.putObject("tool_choice").put("type", type);
        if (offered.only() != null) {
            choice.put("name", names.fit(offered.only()));
        }
        if (!parallel && offered.mode() != Mode.NONE) {
            choice.put("disable_parallel_tool_use", true);
        }
    }

    /** A history with calls needs their tools declared, though none is to be called any more. */
    private void forgotten(Conversation conversation, ObjectNode body) {
        Set<String> called = new LinkedHashSet<>();
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    called.add(names.fit(call.name()));
                }
            }
        }
        if (called.isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        called.forEach(name ->
                tools.addObject().put("name", name).putObject("input_schema").put("type", "object"));
        body.putObject("tool_choice").put("type", "none");
    }
}
