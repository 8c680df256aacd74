package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call ended, for the surface that must answer it. */
public sealed interface RelayOutcome {
    /**
     * A whole answer, settled, to be sent as it is.
     *
     * @param charged null when the upstream refused the request itself and nothing was charged
     * @param notes our own headers: {@code x-tollgate-attempts}, {@code x-tollgate-max-output}, …
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answered(AnswerHead head, byte[] body, @Nullable Money charged, List<Header> notes)
            implements RelayOutcome {}

    /** The answer went through the client stream, which has been ended. */
    record Streamed() implements RelayOutcome {}

    /** Nothing has been answered yet: tell the caller this. */
    record Refused(CallError error, List<Header> notes) implements RelayOutcome {
        static Refused of(CallError error) {
            return new Refused(error, List.of());
        }
    }
}
