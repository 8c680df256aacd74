package dev.tollgate.application.relay;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.CallStatus;

/** What a stream's end means for its record and for its caller. */
final class StreamEnds {
    private static final int OK = 200;
    private static final int GATEWAY_TIMEOUT = 504;

    private StreamEnds() {}

    static CallStatus status(StreamEnd end) {
        return switch (end.reason()) {
            case TERMINAL -> CallStatus.COMPLETED;
            case NO_TERMINAL, CUT, UNHELD -> CallStatus.INCOMPLETE;
            case ERROR_EVENT, BROKEN -> CallStatus.UPSTREAM_ERROR;
            case CLIENT_GONE -> CallStatus.CLIENT_GONE;
            case TIMEOUT -> CallStatus.TIMEOUT;
        };
    }

    /** A stream that has begun was answered 200, whatever came after. */
    static int httpStatus(StreamEnd end) {
        return OK;
    }

    /** Whether what the upstream said is for operators only: it names its organisation, its plan, its key. */
    static boolean isAboutAccount(StreamEnd end) {
        Fault fault = end.fault();
        return fault != null
                && switch (fault.kind()) {
                    case CREDENTIALS, BALANCE, RATE_LIMITED -> true;
                    case CONNECT, UNKNOWN, TIMEOUT, REQUEST, OVERLOADED, SERVER, BROKEN -> false;
                };
    }

    static CallError error(StreamEnd end) {
        return switch (end.reason()) {
            case TIMEOUT ->
                new CallError(
                        Code.UPSTREAM_ERROR,
                        GATEWAY_TIMEOUT,
                        "The upstream fell silent and the answer was cut off.",
                        null,
                        null);
            case NO_TERMINAL ->
                CallError.of(Code.UPSTREAM_ERROR, "The upstream ended the answer before it was complete.");
            case BROKEN -> CallError.of(Code.UPSTREAM_ERROR, "The connection to the upstream broke off.");
            case ERROR_EVENT -> CallError.of(Code.UPSTREAM_ERROR, "The upstream failed in the middle of its answer.");
            case CUT -> CallErrors.stopped();
            case TERMINAL, CLIENT_GONE, UNHELD ->
                throw new IllegalArgumentException("not an error of its own: " + end.reason());
        };
    }
}
