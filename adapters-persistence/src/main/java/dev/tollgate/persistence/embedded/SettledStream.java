package dev.tollgate.persistence.embedded;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.TotalsSnapshot;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A shard's settled calls on their way to SQL, in the order they were settled. */
final class SettledStream {
    private final String generation;
    private final Deque<Pending> entries = new ArrayDeque<>();
    private final Map<StreamId, Counts> takenBack = new HashMap<>();
    private long sequence;

    SettledStream(String generation) {
        this.generation = generation;
    }

    /** @param orphan what an orphan of the same call counted before */
    void append(Settlement settlement, long addedRequests, Money addedCost, @Nullable Counts orphan) {
        sequence++;
        StreamId id = new StreamId(0, sequence);
        entries.add(new Pending(id, settlement, addedRequests, addedCost));
        if (orphan != null) {
            takenBack.put(id, orphan);
        }
    }

    int size() {
        return entries.size();
    }

    List<Pending> first(int max) {
        return entries.stream().limit(max).toList();
    }

    List<Pending> all() {
        return List.copyOf(entries);
    }

    /** Takes out everything up to and with an entry. */
    List<Pending> drain(StreamId upTo) {
        List<Pending> drained = new ArrayList<>();
        while (!entries.isEmpty() && entries.element().id().compareTo(upTo) <= 0) {
            drained.add(entries.remove());
        }
        drained.forEach(entry -> takenBack.remove(entry.id()));
        return drained;
    }

    /** What each entry added to totals. */
    List<TotalsSnapshot.Pending> counts() {
        return entries.stream()
                .map(entry -> new TotalsSnapshot.Pending(
                        entry.id(), Counts.of(entry.settlement()), takenBack.get(entry.id())))
                .toList();
    }

    /** What SQL's sums of a subject come to with the entries they do not contain yet. */
    Map<WindowKey, Used> completed(Subject subject, Seed seed) {
        Map<WindowKey, Used> sums = new HashMap<>(seed.used().getOrDefault(subject, Map.of()));
        for (Pending entry : entries) {
            boolean contained = seed.drained() != null && seed.drained().covers(generation, entry.id());
            if (!contained) {
                add(sums, subject, entry);
            }
        }
        return sums;
    }

    private static void add(Map<WindowKey, Used> sums, Subject subject, Pending entry) {
        Used added = new Used(entry.addedRequests(), entry.addedCost());
        for (SubjectWindows windows : entry.settlement().ticket().windows()) {
            if (windows.subject().equals(subject)) {
                windows.windows().forEach(key -> sums.merge(key, added, Used::plus));
            }
        }
    }
}
