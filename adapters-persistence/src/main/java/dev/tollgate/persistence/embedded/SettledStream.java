package dev.tollgate.persistence.embedded;

import dev.tollgate.application.usage.StreamId;
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

/** A shard's settled calls on their way to SQL, in the order they were settled. */
final class SettledStream {
    private final String generation;
    private final Deque<Pending> entries = new ArrayDeque<>();
    private long sequence;

    SettledStream(String generation) {
        this.generation = generation;
    }

    void append(Settlement settlement, long addedRequests, Money addedCost) {
        sequence++;
        entries.add(new Pending(new StreamId(0, sequence), settlement, addedRequests, addedCost));
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
        return drained;
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
