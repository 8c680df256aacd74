package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Settlement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A live store of one shard that knows the totals it is told to, and has calls on their way to the records. */
public final class InMemoryLiveTotals implements LiveTotals, UsageStream {
    private final Map<Totalled, DatedTotals> known = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();

    /** Totals of which the live store knows nothing, so that they come from the records. */
    public static FreshTotals none(UsageQueries recorded, InstantSource clock) {
        InMemoryLiveTotals cold = new InMemoryLiveTotals();
        return new FreshTotals(cold, recorded, cold, clock);
    }

    void knows(Totalled whose, DatedTotals totals) {
        known.put(whose, totals);
    }

    void settle(Settlement settlement) {
        pending.add(new Pending(
                new StreamId(0, pending.size() + 1L),
                settlement,
                1,
                settlement.charge().total()));
    }

    @Override
    public Map<Totalled, DatedTotals> totals(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        Map<Totalled, DatedTotals> found = new HashMap<>();
        wanted.stream()
                .filter(known::containsKey)
                .forEach(whose -> found.put(whose, known.get(whose).only(days)));
        return found;
    }

    @Override
    public Set<Totalled> cold(int shard, int max) {
        return Set.of();
    }

    @Override
    public boolean warm(int shard, RecordedTotals.Seed seed) {
        known.putAll(seed.sums());
        return true;
    }

    @Override
    public Set<Totalled> known(int shard) {
        return Set.copyOf(known.keySet());
    }

    @Override
    public TotalsSnapshot totals(int shard, Collection<Totalled> wanted, Set<LocalDate> days) {
        return new TotalsSnapshot(generation(), totals(wanted, days), List.of());
    }

    @Override
    public void forget(int shard, Collection<Totalled> wrong) {
        known.keySet().removeAll(wrong);
    }

    @Override
    public int shards() {
        return 1;
    }

    @Override
    public String generation() {
        return "one";
    }

    @Override
    public List<Pending> pending(int shard, int max) {
        return pending.stream().limit(max).toList();
    }

    @Override
    public boolean has(int shard, StreamId entry) {
        return pending.stream().anyMatch(waiting -> waiting.id().equals(entry));
    }

    @Override
    public void drained(int shard, List<Pending> committed) {
        pending.removeAll(committed);
    }

    @Override
    public long backlog() {
        return pending.size();
    }
}
