package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.Schemas;

/** The tools and the choice among them. */
final class ChatTools {
    private final FittedNames names;
    private final ChatModel model;
    private final Losses losses;

    ChatTools(FittedNames names, ChatModel model, Losses losses) {
        this.names = names;
        this.model = model;
        this.losses = losses;
    }

    /** Whether there are functions. */
    boolean write(OfferedTools asked, boolean parallel, ObjectNode body) {
        OfferedTools offered = asked;
        if (model.kind() == ChatModel.Kind.SEARCH && asked.search() != null) {
            body.putObject("web_search_options");
        } else {
            offered = asked.withoutSearch(losses);
        }
        if (offered.functions().isEmpty()) {
            if (offered.mode() == Mode.REQUIRED && offered.search() == null) {
                losses.refuse(CallerField.TOOL_CHOICE, "A tool must be called and none is given");
            }
            return false;
        }
        ArrayNode tools = body.putArray("tools");
        offered.functions().forEach(function -> tools.add(tool(function)));
        choice(offered, body);
        parallel(parallel, body);
        return true;
    }

    private ObjectNode tool(Tool.Function function) {
        ObjectNode told = Json.object().put("name", names.fit(function.name()));
        if (function.description() != null && !function.description().isEmpty()) {
            told.put("description", function.description());
        }
        ObjectNode schema = Schemas.parameters(function.parameters());
        told.set("parameters", schema);
        ChatFormat.strict(function.strict(), schema, told);
        return Json.object().put("type", "function").set("function", told);
    }

    private void choice(OfferedTools offered, ObjectNode body) {
        if (offered.only() != null) {
            body.putObject("tool_choice")
                    .put("type", "function")
                    .putObject("function")
                    .put("name", names.fit(offered.only()));
            return;
        }
        switch (offered.mode()) {
            case AUTO -> {}
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
        }
    }

    /** The o-models call one tool at a time and know no such word. */
    private void parallel(boolean parallel, ObjectNode body) {
        if (parallel) {
            return;
        }
        if (model.kind() == ChatModel.Kind.O_MODEL) {
            losses.drop(CallerField.PARALLEL);
        } else {
            body.put("parallel_tool_calls", false);
        }
    }
}
