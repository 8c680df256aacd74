package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Fault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a stream ended, with the bytes that are held until the call is settled.
 *
 * @param held the terminal event and what follows it, or the upstream's error event; empty if there is none
 * @param firstTokenAt when the first content was forwarded, null if none was
 * @param fault what broke it, null unless the reason is {@code ERROR_EVENT} or {@code BROKEN}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record StreamEnd(
        Reason reason,
        Metered metered,
        byte[] held,
        @Nullable Instant firstTokenAt,
        @Nullable Fault fault) {

    public enum Reason {
        /** The terminal event arrived; it is held. */
        TERMINAL,
        /** The upstream ended cleanly but without its terminal event. */
        NO_TERMINAL,
        /**
         * The upstream reported an error inside the stream; the event is held, in the caller's dialect already, or
         * nothing is where the platform speaks another.
         */
        ERROR_EVENT,
        /** The connection broke or the stream became unreadable. */
        BROKEN,
        /** The caller left; the upstream was drained within bounds or cancelled. */
        CLIENT_GONE,
        /** A timer of ours ran out. */
        TIMEOUT,
        /** The gateway is being stopped and has cut it off between two events. */
        CUT,
        /** Its hold was lost or used up and no more could be had: cut off between two events. */
        UNHELD
    }
}
