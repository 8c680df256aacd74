package dev.tollgate.domain.relay;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.usage.Usage;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A call's absolute result: what its record says. Whoever applies it adds only what is missing for its id, so applying
 * it twice is applying it once.
 *
 * @param httpStatus what the caller was answered
 * @param flags anything out of the ordinary: {@code over_hold}, {@code usage_missing}, …
 */
public record Settlement(
        Ticket ticket,
        CallStatus status,
        int httpStatus,
        UsageSource usageSource,
        Usage usage,
        Charge charge,
        List<AttemptRecord> attempts,
        Timing timing,
        SortedSet<String> flags) {
    public Settlement {
        attempts = List.copyOf(attempts);
        flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
    }

    public RequestId id() {
        return ticket.id();
    }

    /** What all attempts cost us at list price, failed ones included. */
    public Cost upstreamCost() {
        Cost sum = Cost.ZERO;
        for (AttemptRecord attempt : attempts) {
            sum = sum.plus(attempt.upstreamCost());
        }
        return sum;
    }
}
