package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.upstream.bedrock.BedrockWords;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.PlatformCodec;

/** Converse, the API Bedrock has for every model, for calls that come in a dialect of their own. */
public record BedrockPlatformCodec(TargetModel model) implements PlatformCodec {
    @Override
    public Written write(Conversation conversation, UpstreamRequest request) {
        Losses losses = new Losses(request.call().dialect());
        ObjectNode body = new ConverseRequest(conversation, request, model, losses).body();
        CallError refusal = losses.refusal();
        return refusal == null ? new Written.Body(Tree.bytes(body), losses.dropped()) : new Written.Refused(refusal);
    }

    @Override
    public AnswerReader reader(Conversation conversation) {
        return new ConverseReader(ConverseTools.names(conversation), model.isClaude());
    }

    @Override
    public String words(byte[] body) {
        return BedrockWords.of(body);
    }
}
