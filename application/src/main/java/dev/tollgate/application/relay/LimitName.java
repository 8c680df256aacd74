package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.relay.SubjectKind;
import org.jspecify.annotations.Nullable;

/**
 * Which limit: whose, of what, over which window.
 *
 * @param window null for limits by the minute and for calls at once
 */
public record LimitName(
        SubjectKind subject, Measure measure, @Nullable WindowKind window) {
    /** What a limit counts. */
    public enum Measure {
        COST,
        REQUESTS,
        REQUESTS_PER_MINUTE,
        TOKENS_PER_MINUTE,
        CONCURRENCY
    }
}
