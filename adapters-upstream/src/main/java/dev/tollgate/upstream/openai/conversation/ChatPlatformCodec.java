package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.conversation.ToolNames;

/** Chat completions, at OpenAI, at Azure and at the many servers that speak as they do. */
public final class ChatPlatformCodec implements PlatformCodec {
    static final FittedNames.Rule NAMES = FittedNames.Rule.of("[a-zA-Z0-9_-]", "[a-zA-Z0-9_-]", 64);

    /** Longer ids of calls are refused. */
    private static final FittedNames.Rule IDS = FittedNames.Rule.of("[\\x21-\\x7e]", "[\\x21-\\x7e]", 40);

    @Override
    public Written write(Conversation conversation, UpstreamRequest request) {
        Losses losses = new Losses(request.call());
        ChatModel model = ChatModel.of(request.sentModel());
        FittedNames names = ToolNames.names(conversation, NAMES);
        ObjectNode body = Json.object();
        body.put("model", request.sentModel());
        body.set(
                "messages",
                new ChatMessages(names, ToolNames.ids(conversation, IDS), model, losses).write(conversation.turns()));
        boolean hasTools = new ChatTools(names, model, losses)
                .write(OfferedTools.of(conversation), conversation.toolChoice().parallel(), body);
        ChatReasoning.write(conversation.reasoning(), model, hasTools, body, losses);
        ChatSampling.write(conversation.sampling(), model, body, losses);
        ChatFormat.write(conversation.format(), body);
        Long bound = request.outputBound() != null ? request.outputBound() : conversation.outputBound();
        if (bound != null) {
            body.put(model.boundName(request.connection().baseUrl() != null), bound);
        }
        boolean stream = request.call().body().stream();
        body.put("stream", stream);
        if (stream) {
            body.putObject("stream_options").put("include_usage", true);
        }
        return losses.written(body);
    }

    @Override
    public AnswerReader reader(Conversation conversation) {
        return new ChatReader(ToolNames.names(conversation, NAMES));
    }

    /** Compatible servers put their words in many places. */
    @Override
    public String words(byte[] body) {
        JsonNode told = Json.read(body);
        JsonNode error = told.path("error");
        if (error.isTextual()) {
            return error.asText();
        }
        String message = Json.text(error, "message");
        String plain = message.isEmpty() ? Json.text(told, "message") : message;
        return plain.isEmpty() ? Json.text(told, "detail") : plain;
    }
}
