package dev.tollgate.web.relay.anthropic.messages;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.web.relay.conversation.RequestJson;

/** Messages for platforms that speak another dialect. */
public final class MessagesCodec implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return RequestJson.read(body.bytes(), MessagesRequest::read);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return new MessagesWriter(AnswerFrame.of(call, conversation));
    }
}
