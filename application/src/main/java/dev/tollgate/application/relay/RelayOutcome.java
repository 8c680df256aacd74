package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call ended, for the surface that must answer it. */
public sealed interface RelayOutcome {
    /** What can be told in one piece, and told again. */
    sealed interface Told extends RelayOutcome {}

    /**
     * A whole answer, settled, to be sent as it is.
     *
     * @param charged null when the upstream refused the request itself and nothing was charged
     * @param notes our own headers: {@code x-tollgate-attempts}, {@code x-tollgate-max-output}, …
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answered(AnswerHead head, byte[] body, @Nullable Money charged, List<Header> notes) implements Told {}

    /** The answer went through the client stream, which has been ended. */
    record Streamed() implements RelayOutcome {}

    /** Nothing has been answered yet, and nothing was charged: tell the caller this. */
    record Refused(CallError error, List<Header> notes) implements Told {
        static Refused of(CallError error) {
            return new Refused(error, List.of());
        }
    }

    /** What was answered could not be made durable, so the caller is told this; its record will say what it came to. */
    record Unsettled(Refused told) implements RelayOutcome {}

    /** What another call under the same idempotency key was told, to be told again under that call's id. */
    record Replayed(RequestId first, Told told) implements RelayOutcome {}
}
