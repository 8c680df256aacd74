package dev.tollgate.application.usage;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.domain.account.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums over several spans, all read at one instant; keeps in mind where they came from. */
final class FreshReading {
    private final Map<Totalled, DatedTotals> live;
    private final UsageQueries queries;
    private final Slice only;
    private final Instant now;
    private final Map<Span, Map<Slice, Totals>> recorded = new HashMap<>();
    private @Nullable Map<AccountId, Totals> recordedTotals;
    private boolean isLive;
    private boolean isRecorded;
    private @Nullable Instant lastUsedAt;

    FreshReading(Map<Totalled, DatedTotals> live, UsageQueries queries, Slice only, Instant now) {
        this.live = live;
        this.queries = queries;
        this.only = only;
        this.now = now;
    }

    /**
     * One's sums over a span that ends now. While the records are away, a span that is not of whole UTC days is widened
     * to such.
     */
    Totals of(Totalled whose, Span span) {
        DatedTotals known = live.get(whose);
        Totals fromLive = known == null || span.until().isBefore(now) ? null : known(known, span);
        if (fromLive == null) {
            return fromRecords(whose, span);
        }
        boolean isOfUtc = span.from().atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT);
        if (!isOfUtc) {
            try {
                return fromRecords(whose, span);
            } catch (StoreUnavailable away) {
                isLive = true;
                return fromLive;
            }
        }
        isLive = true;
        return fromLive;
    }

    private static boolean isOfAllTime(Span span) {
        return span.from().equals(Instant.EPOCH);
    }

    private @Nullable Totals known(DatedTotals known, Span span) {
        if (isOfAllTime(span)) {
            return known.total();
        }
        Totals sum = Totals.NONE;
        LocalDate end = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        for (LocalDate day = LocalDate.ofInstant(span.from(), ZoneOffset.UTC);
                day.isBefore(end);
                day = day.plusDays(1)) {
            Totals totals = known.days().get(day);
            if (totals == null) {
                return null;
            }
            sum = sum.plus(totals);
        }
        return sum;
    }

    private Totals fromRecords(Totalled whose, Span span) {
        Totals totals = recorded(whose, span);
        isRecorded = true;
        Instant last = totals.lastUsedAt();
        if (last != null && (lastUsedAt == null || last.isAfter(lastUsedAt))) {
            lastUsedAt = last;
        }
        return totals;
    }

    private Totals recorded(Totalled whose, Span span) {
        if (whose instanceof Totalled.OfAccount(AccountId account)) {
            if (isOfAllTime(span)) {
                recordedTotals = recordedTotals == null ? queries.accounts() : recordedTotals;
                return recordedTotals.getOrDefault(account, Totals.NONE);
            }
            return recorded.computeIfAbsent(span, absent -> queries.sums(span, Set.of(Dimension.ACCOUNT), only))
                    .getOrDefault(Slice.of(account), Totals.NONE);
        }
        return recorded.computeIfAbsent(span, absent -> queries.sums(span, Set.of(), only))
                .getOrDefault(Slice.ALL, Totals.NONE);
    }

    boolean isLive() {
        return isLive;
    }

    boolean isRecorded() {
        return isRecorded;
    }

    Instant at() {
        return now;
    }

    /** The last call among the recorded ones that were read; null if there is none. */
    @Nullable
    Instant lastUsedAt() {
        return lastUsedAt;
    }
}
