package dev.tollgate.web.relay.openai.conversation;

import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.web.relay.conversation.Members;
import org.jspecify.annotations.Nullable;

/** Reads the form the answer's text must have: chat nests the schema in {@code json_schema}, responses does not. */
public final class OpenAiFormat {
    private OpenAiFormat() {}

    public static OutputFormat read(@Nullable Members format) {
        if (format == null) {
            return OutputFormat.TEXT;
        }
        return switch (format.needText("type")) {
            case "text" -> OutputFormat.TEXT;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format);
            default -> {
                format.refuse("type", "must be text, json_object or json_schema");
                yield OutputFormat.TEXT;
            }
        };
    }

    private static OutputFormat schema(Members format) {
        Members inner = format.object("json_schema");
        Members named = inner == null ? format : inner;
        Members schema = named.object("schema");
        RawJson text = schema == null ? null : named.raw("schema");
        if (text == null) {
            return new OutputFormat.JsonObject();
        }
        return new OutputFormat.JsonSchema(named.text("name"), named.text("description"), text, named.flag("strict"));
    }
}
