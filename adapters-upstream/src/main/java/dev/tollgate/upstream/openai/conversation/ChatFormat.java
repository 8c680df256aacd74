package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Schemas;
import org.jspecify.annotations.Nullable;

/** The form of the answer, as {@code response_format}. */
final class ChatFormat {
    /** The API demands a name. */
    private static final String NAME = "answer";

    private ChatFormat() {}

    static void write(OutputFormat format, ObjectNode body) {
        switch (format) {
            case OutputFormat.Text text -> {}
            case OutputFormat.JsonObject any ->
                body.putObject("response_format").put("type", "json_object");
            case OutputFormat.JsonSchema asked -> {
                ObjectNode schema = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                schema.put("name", asked.name() == null || asked.name().isEmpty() ? NAME : asked.name());
                if (asked.description() != null) {
                    schema.put("description", asked.description());
                }
                JsonNode tree = Json.tree(asked.schema());
                schema.set("schema", tree);
                strict(asked.strict(), tree, schema);
            }
        }
    }

    /** What others call strict need not be so here; a schema that is not strict enough would be refused as such. */
    static void strict(@Nullable Boolean asked, JsonNode schema, ObjectNode into) {
        if (asked != null) {
            into.put("strict", asked && Schemas.isStrict(schema));
        }
    }
}
