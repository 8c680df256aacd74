package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.Totals;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/** Sums over calls, as they are shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record TotalsView(
        long requests,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        long totalTokens,
        String cost) {
    public static TotalsView from(Totals totals) {
        return new TotalsView(
                totals.requests(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cacheReadTokens(),
                totals.cacheWriteTokens(),
                totals.tokens(),
                totals.cost().text());
    }
}
