package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.web.relay.conversation.RequestJson;

/** {@code generateContent} and {@code streamGenerateContent} for platforms that speak another dialect. */
public final class ContentCodec implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return RequestJson.read(body.bytes(), members -> ContentRequest.read(new ProtoMembers(members)));
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return new ContentWriter(ResponseFrame.of(call, conversation), StreamForm.of(call));
    }
}
