package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What came of sending a call to one account. */
public sealed interface Answer {
    /** What a served answer's head says of the account's limits, as the fault the next call would meet; null: nothing. */
    default @Nullable Fault warning() {
        return null;
    }

    /** A complete answer that was not streamed, status 2xx. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Whole(
            AnswerHead head,
            byte[] body,
            Metered metered,
            @Nullable Fault warning) implements Answer {
        public Whole(AnswerHead head, byte[] body, Metered metered) {
            this(head, body, metered, null);
        }
    }

    /** A streamed answer, status 2xx, of which the first event is at hand and nothing has been forwarded. */
    non-sealed interface Streaming extends Answer {
        /**
         * Begins the client's answer and forwards everything but the terminal event, the error event or the last
         * bytes, whichever the caller takes for the end. Blocks until the stream has ended, for whatever reason;
         * the bytes go between the event loops and not through the calling thread. Back-pressure is end to end.
         */
        StreamEnd forward(ClientStream client);

        /** What is known of the usage so far; any thread may ask at any time. */
        TokenUsage progress();

        /** Ends the upstream without forwarding anything: the caller need not be told. */
        void cancel();
    }

    /** The gateway is being stopped and waits for an answer no longer. */
    record Cut() implements Answer {}

    /**
     * No answer that may be forwarded as a success.
     *
     * @param words the upstream's own words for a caller whose dialect its body is not in; null: the body is in the
     *     caller's dialect and goes as it came
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Failed(
            Fault fault,
            AnswerHead head,
            byte[] body,
            @Nullable String words) implements Answer {
        public Failed(Fault fault, AnswerHead head, byte[] body) {
            this(fault, head, body, null);
        }
    }
}
