package dev.tollgate.application.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Means over the time since first use, by the minute and by the day, to two decimals. */
public record Averages(BigDecimal rpm, BigDecimal tpm, BigDecimal dailyRequests, BigDecimal dailyTokens) {
    private static final int DECIMALS = 2;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 86_400_000;

    /**
     * The means of sums over a span: from its start or the first use, whichever is later, until now or its end, and at
     * least a minute or a day.
     */
    static Averages of(Totals totals, Span span, @Nullable Instant firstUse, Instant now) {
        Instant from = firstUse != null && firstUse.isAfter(span.from()) ? firstUse : span.from();
        Instant until = span.until().isBefore(now) ? span.until() : now;
        long millis = Math.max(0, Duration.between(from, until).toMillis());
        return new Averages(
                each(totals.requests(), MINUTE_MILLIS, millis),
                each(totals.tokens(), MINUTE_MILLIS, millis),
                each(totals.requests(), DAY_MILLIS, millis),
                each(totals.tokens(), DAY_MILLIS, millis));
    }

    private static BigDecimal each(long count, long unitMillis, long millis) {
        return BigDecimal.valueOf(count)
                .multiply(BigDecimal.valueOf(unitMillis))
                .divide(BigDecimal.valueOf(Math.max(unitMillis, millis)), DECIMALS, RoundingMode.HALF_UP);
    }
}
