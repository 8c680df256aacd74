package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.web.relay.conversation.RequestJson;

/** Responses for platforms that do not speak them. */
public final class ResponsesCodec implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return RequestJson.read(body.bytes(), ResponsesRequest::read);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return new ResponsesAnswer(call);
    }
}
