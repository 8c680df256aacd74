package dev.tollgate.application.usage;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.ReportAccountUsage.Freshness;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sums from the live store where it knows them, and from the records where it does not. */
public final class FreshTotals {
    private final LiveTotals live;
    private final UsageQueries recorded;
    private final UsageStream stream;
    private final InstantSource clock;

    public FreshTotals(LiveTotals live, UsageQueries recorded, UsageStream stream, InstantSource clock) {
        this.live = live;
        this.recorded = recorded;
        this.stream = stream;
        this.clock = clock;
    }

    /** All-time sums; one without any usage may be absent. */
    public Map<UserId, Totals> users(Collection<UserId> users) {
        return merged(users, Totalled.OfUser::new, recorded::users);
    }

    /** All-time sums; one without any usage may be absent. */
    public Map<ApiKeyId, Totals> keys(Collection<ApiKeyId> keys) {
        return merged(keys, Totalled.OfKey::new, recorded::keys);
    }

    /** All-time sums; one without any usage may be absent. */
    public Map<AccountId, Totals> accounts(Collection<AccountId> accounts) {
        return merged(accounts, Totalled.OfAccount::new, missing -> recorded.accounts());
    }

    private <I> Map<I, Totals> merged(
            Collection<I> ids, Function<I, Totalled> whose, Function<Collection<I>, Map<I, Totals>> fromRecords) {
        Map<Totalled, DatedTotals> known = known(ids.stream().map(whose).toList(), Set.of());
        List<I> missing =
                ids.stream().filter(id -> !known.containsKey(whose.apply(id))).toList();
        Map<I, Totals> merged = new HashMap<>(missing.isEmpty() ? Map.of() : fromRecords.apply(missing));
        for (I id : ids) {
            DatedTotals totals = known.get(whose.apply(id));
            if (totals != null) {
                merged.put(id, totals.total());
            }
        }
        return merged;
    }

    /** What all calls of today come to, in a zone, and how fresh that is. */
    public Today today(ZoneId zone) {
        Instant now = clock.instant();
        Span today = RangeName.TODAY.at(now, zone);
        Totalled everyone = new Totalled.Everyone();
        FreshReading reading = read(Set.of(everyone), today.from(), Slice.ALL);
        Totals totals = reading.of(everyone, today);
        return new Today(totals, freshness(reading));
    }

    /** Begins a reading of sums over spans that begin at an instant or later. */
    FreshReading read(Collection<? extends Totalled> wanted, Instant from, Slice only) {
        Instant now = clock.instant();
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        Set<LocalDate> days = first.datesUntil(
                        LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1))
                .collect(Collectors.toSet());
        return new FreshReading(known(wanted, days), recorded, only, now);
    }

    private Map<Totalled, DatedTotals> known(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        try {
            return live.totals(wanted, days);
        } catch (StoreUnavailable away) {
            return Map.of(); // the records know all but the last calls
        }
    }

    Freshness freshness(FreshReading reading) {
        String source = reading.isLive() ? reading.isRecorded() ? "merged" : "live" : "sql";
        return new Freshness(source, reading.isRecorded() ? recordedUntil(reading) : reading.at());
    }

    /** When the first call that is not recorded yet was made; without the live store, when the last recorded one was. */
    private Instant recordedUntil(FreshReading reading) {
        try {
            Instant until = reading.at();
            for (int shard = 0; shard < stream.shards(); shard++) {
                for (Pending first : stream.pending(shard, 1)) {
                    Instant at = first.settlement().ticket().admittedAt();
                    until = at.isBefore(until) ? at : until;
                }
            }
            return until;
        } catch (StoreUnavailable away) {
            Instant last = reading.lastUsedAt();
            return last == null ? reading.at() : last;
        }
    }

    /** Sums with their freshness. */
    public record Today(Totals totals, Freshness freshness) {}
}
