package dev.tollgate.domain.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one attempt, as its platform's codec classified it.
 *
 * @param httpStatus the upstream's, null when no answer came
 * @param retryAt when the upstream said the account may be asked again, null when it did not say
 * @param scope what of the account it is about
 * @param message the upstream's own words, bounded; shown to operators, never to callers
 */
public record Fault(
        Kind kind, @Nullable Integer httpStatus, @Nullable Instant retryAt, String message, Scope scope) {
    /** What a fault is about. */
    public enum Scope {
        /** The account, whatever is asked of it. */
        ACCOUNT,
        /** The model that was asked for: others may go on. */
        MODEL
    }

    /** A fault of the whole account. */
    public Fault(Kind kind, @Nullable Integer httpStatus, @Nullable Instant retryAt, String message) {
        this(kind, httpStatus, retryAt, message, Scope.ACCOUNT);
    }

    /** The classes of failure; the name in lower case is the attempt's {@code failure}. */
    public enum Kind {
        /** No connection could be made: nothing was sent. */
        CONNECT(true),
        /** The connection broke after the request was written and before any byte of an answer. */
        UNKNOWN(true),
        /** No answer within the first-byte time: the upstream may still be at work, so nobody else is asked. */
        TIMEOUT(false),
        /** The request itself was refused: no other account would answer otherwise. */
        REQUEST(false),
        /** The account's credentials were refused. */
        CREDENTIALS(true),
        /** The account is out of money; waiting does not help. */
        BALANCE(true),
        /** The account's own limit is reached. */
        RATE_LIMITED(true),
        /** The provider is short of capacity: not the account's fault. */
        OVERLOADED(true),
        /** The provider failed. */
        SERVER(true),
        /** The connection broke, or nonsense came, after the answer had begun. */
        BROKEN(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether another account may be asked, as long as the caller has seen nothing. */
        public boolean isRetryable() {
            return retryable;
        }
    }
}
