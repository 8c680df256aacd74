package dev.tollgate.application.usage;

import dev.tollgate.application.usage.Totalled.OfAccount;
import dev.tollgate.domain.account.AccountId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Keeps in mind what is warm in all shards already, for as long as the store's data lives. */
public final class WarmTotalsService implements WarmTotals {
    private final LiveTotals totals;
    private final RecordedTotals recorded;
    private final UsageStream stream;
    private final Supplier<? extends Collection<AccountId>> accounts;
    private final InstantSource clock;
    private final Map<Integer, Set<Totalled>> warm = new HashMap<>();
    private String generation = "";

    public WarmTotalsService(
            LiveTotals totals,
            RecordedTotals recorded,
            UsageStream stream,
            Supplier<? extends Collection<AccountId>> accounts,
            InstantSource clock) {
        this.totals = totals;
        this.recorded = recorded;
        this.stream = stream;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public synchronized int warm() {
        if (!generation.equals(stream.generation())) {
            generation = stream.generation();
            warm.clear();
        }
        Set<Totalled> all = new LinkedHashSet<>(Set.of(new Totalled.Everyone()));
        accounts.get().forEach(account -> all.add(new OfAccount(account)));
        int done = 0;
        for (int shard = 0; shard < stream.shards(); shard++) {
            done += warm(shard, all);
        }
        return done;
    }

    private int warm(int shard, Set<Totalled> all) {
        Set<Totalled> known = warm.computeIfAbsent(shard, absent -> new HashSet<>());
        known.retainAll(all);
        Set<Totalled> wanted = new LinkedHashSet<>(totals.cold(shard, AT_ONCE));
        all.stream()
                .filter(account -> !known.contains(account))
                .limit(AT_ONCE - wanted.size())
                .forEach(wanted::add);
        if (wanted.isEmpty()) {
            return 0;
        }
        // the days of the running month: a month's figures can then be told whenever its totals were warmed
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
        boolean done = recorded.seed(shard, stream.shards(), wanted, since, seed -> totals.warm(shard, seed));
        if (done) {
            wanted.stream().filter(all::contains).forEach(known::add);
        }
        return done ? wanted.size() : 0;
    }
}
