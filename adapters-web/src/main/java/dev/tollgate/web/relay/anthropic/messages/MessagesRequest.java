package dev.tollgate.web.relay.anthropic.messages;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.web.relay.conversation.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands the body of a call to messages. */
final class MessagesRequest {
    private MessagesRequest() {}

    static Conversation read(Members body) {
        body.pass("model", "stream");
        List<Turn> turns = new TurnReading(body.findings()).turns(body);
        ToolReading tools = ToolReading.of(body);
        Sampling sampling = sampling(body);
        Long outputBound = body.whole("max_tokens");
        if (!body.has("max_tokens")) {
            body.refuse("max_tokens", "is missing");
        }
        Members outputConfig = body.object("output_config");
        Reasoning reasoning = ThinkingReading.reasoning(body, outputConfig);
        OutputFormat format = format(body, outputConfig);
        dropRest(body, outputConfig);
        return new Conversation(
                turns,
                tools.tools(),
                tools.choice(),
                sampling,
                outputBound,
                reasoning,
                format,
                body.findings().dropped());
    }

    private static Sampling sampling(Members body) {
        return new Sampling(
                body.number("temperature"),
                body.number("top_p"),
                body.whole("top_k"),
                null,
                null,
                null,
                body.texts("stop_sequences"));
    }

    private static OutputFormat format(Members body, @Nullable Members outputConfig) {
        Members newer = outputConfig == null ? null : outputConfig.object("format");
        Members older = body.object("output_format");
        Members format = newer == null ? older : newer;
        if (format == null) {
            return OutputFormat.TEXT;
        }
        if (!format.needText("type").equals("json_schema")) {
            format.refuse("type", "must be 'json_schema'");
            return OutputFormat.TEXT;
        }
        RawJson schema = format.raw("schema");
        if (schema == null) {
            format.refuse("schema", "is missing");
            return OutputFormat.TEXT;
        }
        return new OutputFormat.JsonSchema(null, null, schema, null);
    }

    private static void dropRest(Members body, @Nullable Members outputConfig) {
        body.dropRest();
        if (outputConfig != null) {
            outputConfig.dropRest();
        }
    }
}
