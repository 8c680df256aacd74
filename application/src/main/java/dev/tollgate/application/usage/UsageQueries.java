package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sums of recorded usage, exact for any span: ragged edges from the records, middles from the rollups. A slice that has
 * no usage is absent.
 */
public interface UsageQueries {
    /** Sums over a span, for each combination of the dimensions that occurs. */
    Map<Slice, Totals> sums(Span span, Set<Slice.Dimension> by, Slice only);

    /** The same cut into steps of time; {@link Bucket#start} is the step's first instant. */
    List<Bucket> series(Span span, Step step, Set<Slice.Dimension> by, Slice only);

    /** All-time sums. */
    Map<UserId, Totals> users(Collection<UserId> users);

    /** All-time sums. */
    Map<ApiKeyId, Totals> keys(Collection<ApiKeyId> keys);

    /** All-time sums of every account that was used. */
    Map<AccountId, Totals> accounts();

    /** When each account was first used. */
    Map<AccountId, Instant> firstUses();

    /** What all attempts at each account cost at list price, in all time, failed ones included. */
    Map<AccountId, Cost> upstreamCosts();

    /** How long calls took, by the whole quarters of an hour that touch a span. */
    Latencies latencies(Span span, Slice only);

    /** Sums of one step of time. */
    record Bucket(Instant start, Slice slice, Totals totals) {}

    /** The lengths of time rollups are kept for. */
    enum Step {
        QUARTER_HOUR(Duration.ofMinutes(15)),
        /** A day of UTC. */
        DAY(Duration.ofDays(1));

        private final Duration length;

        Step(Duration length) {
            this.length = length;
        }

        public long millis() {
            return length.toMillis();
        }
    }
}
