package dev.tollgate.application.relay;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.domain.relay.CallStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A call nobody could serve, as its record and its caller are told. */
sealed interface Failure {
    int BAD_GATEWAY = 502;
    int GATEWAY_TIMEOUT = 504;
    int NOT_FOUND = 404;
    int TOO_LARGE = 413;

    int httpStatus();

    CallStatus callStatus();

    /** What the caller is answered. */
    default RelayOutcome outcome(List<Header> notes) {
        return switch (this) {
            case PassedOn passedOn -> new RelayOutcome.Answered(passedOn.head(), passedOn.body(), null, notes);
            case Told told -> new RelayOutcome.Refused(told.error(), notes);
        };
    }

    /** The upstream refused the request itself: its answer goes back byte for byte. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record PassedOn(AnswerHead head, byte[] body) implements Failure {
        @Override
        public int httpStatus() {
            return head.status();
        }

        @Override
        public CallStatus callStatus() {
            return CallStatus.UPSTREAM_ERROR;
        }
    }

    /** Told in words of ours. */
    record Told(CallError error, CallStatus callStatus) implements Failure {
        @Override
        public int httpStatus() {
            return error.status();
        }
    }

    static Failure of(Answer.Failed failed) {
        return switch (failed.fault().kind()) {
            case REQUEST -> refused(failed);
            case CREDENTIALS, BALANCE -> told(CallErrors.noAccount());
            case TIMEOUT ->
                new Told(upstream(GATEWAY_TIMEOUT, "The upstream did not answer in time.", failed), CallStatus.TIMEOUT);
            case CONNECT -> told(upstream(BAD_GATEWAY, "The upstream could not be reached.", failed));
            case UNKNOWN, BROKEN -> told(upstream(BAD_GATEWAY, "The connection to the upstream broke off.", failed));
            case RATE_LIMITED -> told(upstream(status(failed), "The upstream is limiting the rate of calls.", failed));
            case OVERLOADED -> told(upstream(status(failed), "The upstream is overloaded.", failed));
            case SERVER -> told(upstream(status(failed), "The upstream failed.", failed));
        };
    }

    private static Failure refused(Answer.Failed failed) {
        String words = failed.words();
        if (words == null) {
            return new PassedOn(failed.head(), failed.body());
        }
        int status = failed.head().status();
        Code code = switch (status) {
            case NOT_FOUND -> Code.MODEL_NOT_FOUND;
            case TOO_LARGE -> Code.REQUEST_TOO_LARGE;
            default -> Code.INVALID_REQUEST;
        };
        return told(new CallError(code, status, words, null, null));
    }

    private static Told told(CallError error) {
        return new Told(error, CallStatus.UPSTREAM_ERROR);
    }

    private static int status(Answer.Failed failed) {
        Integer status = failed.fault().httpStatus();
        return status == null || status < 400 ? BAD_GATEWAY : status;
    }

    private static CallError upstream(int status, String message, Answer.Failed failed) {
        CallError error = new CallError(Code.UPSTREAM_ERROR, status, message, null, null);
        return retryAfter(failed).map(error::retryAfter).orElse(error);
    }

    /** The upstream's own wait, where it named one in whole seconds. */
    private static Optional<Duration> retryAfter(Answer.Failed failed) {
        return failed.head().headers().stream()
                .filter(header ->
                        header.isNamed("retry-after") && header.value().matches("\\d{1,9}"))
                .map(header -> Duration.ofSeconds(Long.parseLong(header.value())))
                .findFirst();
    }
}
