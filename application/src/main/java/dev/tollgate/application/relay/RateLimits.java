package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.relay.Subject;

/**
 * One subject's limits that are not money; 0 means none.
 *
 * @param day the window {@code dailyRequests} counts in
 */
public record RateLimits(Subject subject, long rpm, long tpm, int concurrency, long dailyRequests, Window day) {
    /** Whether one of them is set. */
    boolean isAny() {
        return rpm > 0 || tpm > 0 || concurrency > 0 || dailyRequests > 0;
    }
}
