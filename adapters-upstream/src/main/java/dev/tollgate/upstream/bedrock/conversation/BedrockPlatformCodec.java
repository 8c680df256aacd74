package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.upstream.bedrock.BedrockWords;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.conversation.ToolNames;

/** Converse, the API Bedrock has for every model, for calls that come in a dialect of their own. */
public record BedrockPlatformCodec(TargetModel model, FetchImages images) implements PlatformCodec {
    /** Names of tools and ids of calls: ToolSpecification and ToolUseBlock of the Bedrock Runtime API. */
    static final FittedNames.Rule NAMES = FittedNames.Rule.of("[a-zA-Z0-9_-]", "[a-zA-Z0-9_-]", 64);

    @Override
    public Written write(Conversation conversation, UpstreamRequest request) {
        return switch (images.in(conversation, request)) {
            case FetchImages.Outcome.Refused refused -> new Written.Refused(refused.error());
            case FetchImages.Outcome.Here here -> {
                Losses losses = new Losses(request.call());
                yield losses.written(new ConverseRequest(here.conversation(), request, model, losses).body());
            }
        };
    }

    @Override
    public AnswerReader reader(Conversation conversation) {
        return new ConverseReader(new ConverseTeller(ToolNames.names(conversation, NAMES), model.isClaude()));
    }

    @Override
    public String words(byte[] body) {
        return BedrockWords.of(body);
    }
}
