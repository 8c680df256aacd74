package dev.tollgate.application.relay.conversation;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayCall;

/** A caller's dialect, for calls whose platform speaks another. Stateless. */
public interface CallerCodec {
    /** What became of understanding a request. */
    sealed interface Reading {
        record Understood(Conversation conversation) implements Reading {}

        /** It asks for something that would be lost: the error names the field. */
        record Refused(CallError error) implements Reading {}
    }

    Reading read(CallBody body);

    /** Tells one answer to one call; made anew for each attempt. */
    AnswerWriter writer(RelayCall call, Conversation conversation);
}
