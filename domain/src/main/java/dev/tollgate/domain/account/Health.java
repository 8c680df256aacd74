package dev.tollgate.domain.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an account's last answers say about sending it the next call.
 *
 * @param until when the status passes by itself; null: not before somebody mends it (of {@code VALID}: never)
 */
public record Health(Status status, @Nullable Instant until) {
    public static final Health VALID = new Health(Status.VALID, null);

    /** The statuses as the admin API shows them, in lower case. */
    public enum Status {
        VALID,
        RATE_LIMITED,
        OVERLOADED,
        TOKEN_EXPIRED,
        SUSPENDED,
        INVALID
    }

    /** This health as it stands at an instant: a status that has passed reads valid. */
    public Health at(Instant now) {
        return until != null && !now.isBefore(until) ? VALID : this;
    }

    /** Whether a call may be sent at all. An overloaded account is the last choice, not excluded. */
    public boolean isOpen(Instant now) {
        Status current = at(now).status();
        return current == Status.VALID || current == Status.OVERLOADED;
    }

    public boolean isLastChoice(Instant now) {
        return at(now).status() == Status.OVERLOADED;
    }
}
