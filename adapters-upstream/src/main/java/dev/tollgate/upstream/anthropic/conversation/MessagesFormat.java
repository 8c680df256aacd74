package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Schemas;
import java.util.List;

/**
 * The form of the answer. A schema goes into {@code output_config.format}, whatever the model's age; objects are closed
 * and bounds the API has no word for are left out, as Anthropic's own clients do. Any JSON object cannot be asked for
 * without a hidden prompt, so that is left out and named.
 */
public final class MessagesFormat {
    private static final List<String> UNKNOWN_BOUNDS = List.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");

    private MessagesFormat() {}

    static void write(OutputFormat format, ObjectNode body, Losses losses) {
        switch (format) {
            case OutputFormat.Text text -> {}
            case OutputFormat.JsonObject any -> losses.drop(CallerField.FORMAT);
            case OutputFormat.JsonSchema asked -> {
                body.withObjectProperty("output_config")
                        .putObject("format")
                        .put("type", "json_schema")
                        .set("schema", closed(asked));
            }
        }
    }

    /** The schema as Claude models take it. */
    public static ObjectNode closed(OutputFormat.JsonSchema asked) {
        ObjectNode schema = Json.object(asked.schema(), "const");
        Schemas.visit(schema, MessagesFormat::close);
        return schema;
    }

    private static void close(ObjectNode schema) {
        schema.remove(UNKNOWN_BOUNDS);
        if (Schemas.isObjects(schema)) {
            schema.put("additionalProperties", false);
        }
        if (schema.path("minItems").asLong(0) > 1) {
            schema.remove("minItems");
        }
    }
}
