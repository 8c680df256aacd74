package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.upstream.conversation.Json;

/** The form of the answer: a schema goes into {@code responseJsonSchema}, which takes more than the older member. */
final class GeminiFormat {
    private GeminiFormat() {}

    static void write(OutputFormat format, ObjectNode config) {
        switch (format) {
            case OutputFormat.Text text -> {}
            case OutputFormat.JsonObject any -> config.put("responseMimeType", "application/json");
            case OutputFormat.JsonSchema asked ->
                config.put("responseMimeType", "application/json")
                        .set("responseJsonSchema", GeminiSchema.of(Json.object(asked.schema(), "const")));
        }
    }
}
