package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.web.relay.conversation.RequestJson;

/** Chat completions for platforms that do not speak them. */
public final class ChatCodec implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return RequestJson.read(body.bytes(), ChatRequest::read);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return new ChatAnswer(call, conversation);
    }
}
