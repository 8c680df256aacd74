package dev.tollgate.upstream.gemini.conversation;

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

/** The tools and the choice among them. Functions and the search of the web are refused together, so functions win. */
final class GeminiTools {
    private final FittedNames names;
    private final Losses losses;

    GeminiTools(FittedNames names, Losses losses) {
        this.names = names;
        this.losses = losses;
    }

    void write(OfferedTools asked, boolean parallel, ObjectNode body) {
        boolean forced = asked.mode() == Mode.REQUIRED;
        boolean both = asked.search() != null && (forced || !asked.functions().isEmpty());
        OfferedTools offered = both ? asked.withoutSearch(losses) : asked;
        if (forced && asked.isEmpty()) {
            losses.refuse(CallerField.TOOL_CHOICE, "A tool must be called and none is given");
        }
        if (offered.search() != null && offered.mode() != Mode.NONE) {
            body.putArray("tools").addObject().putObject("googleSearch");
        }
        if (offered.functions().isEmpty()) {
            return;
        }
        ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
        offered.functions().forEach(function -> functions.add(function(function)));
        choice(offered, body);
        if (!parallel) {
            losses.drop(CallerField.PARALLEL);
        }
    }

    private ObjectNode function(Tool.Function function) {
        ObjectNode told = Json.object().put("name", names.fit(function.name()));
        if (function.description() != null && !function.description().isEmpty()) {
            told.put("description", function.description());
        }
        ObjectNode schema = Schemas.parameters(function.parameters());
        if (!schema.path("properties").isEmpty() || schema.size() > 2) {
            told.set("parametersJsonSchema", GeminiSchema.of(schema));
        }
        return told;
    }

    private void choice(OfferedTools offered, ObjectNode body) {
        String mode = switch (offered.mode()) {
            case AUTO -> "AUTO";
            case NONE -> "NONE";
            case REQUIRED -> "ANY";
        };
        if (offered.mode() == Mode.AUTO) {
            return;
        }
        ObjectNode config =
                body.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
        if (offered.only() != null) {
            config.putArray("allowedFunctionNames").add(names.fit(offered.only()));
        }
    }
}
