package dev.tollgate.application.usage;

import dev.tollgate.domain.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sums over calls.
 *
 * @param errors the calls among them that did not complete
 * @param lastUsedAt when the latest occurred; null if there is none
 */
public record Totals(
        long requests,
        long errors,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        Money cost,
        @Nullable Instant lastUsedAt) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, Money.ZERO, null);

    public long tokens() {
        return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
    }

    public Totals plus(Totals other) {
        return new Totals(
                Math.addExact(requests, other.requests),
                Math.addExact(errors, other.errors),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                Math.addExact(cacheReadTokens, other.cacheReadTokens),
                Math.addExact(cacheWriteTokens, other.cacheWriteTokens),
                cost.plus(other.cost),
                later(lastUsedAt, other.lastUsedAt));
    }

    /** The sums without some of the calls; when the latest occurred stays. */
    public Totals minus(Totals other) {
        return new Totals(
                Math.subtractExact(requests, other.requests),
                Math.subtractExact(errors, other.errors),
                Math.subtractExact(inputTokens, other.inputTokens),
                Math.subtractExact(outputTokens, other.outputTokens),
                Math.subtractExact(cacheReadTokens, other.cacheReadTokens),
                Math.subtractExact(cacheWriteTokens, other.cacheWriteTokens),
                cost.minus(other.cost),
                lastUsedAt);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
