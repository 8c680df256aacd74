package dev.tollgate.persistence.journal;

import dev.tollgate.domain.relay.RequestId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are not closed, and in which segment each has its first entry. Segments go oldest first, so a segment
 * without first entries of open calls can be missed.
 */
final class OpenIds {
    private final Map<RequestId, Open> open = new LinkedHashMap<>();
    private final TreeMap<Long, Integer> firstEntries = new TreeMap<>();

    void segment(long number) {
        firstEntries.put(number, 0);
    }

    void entered(RequestId id, long segment) {
        if (!open.containsKey(id)) {
            firstEntries.merge(segment, 1, Integer::sum);
            open.put(id, new Open(segment, null, 0));
        }
    }

    /** @param nanoTime when, by this process's own clock */
    void settled(RequestId id, Place place, long nanoTime) {
        entered(id, place.segment().number());
        Open known = Objects.requireNonNull(open.get(id));
        open.put(id, new Open(known.firstSegment(), place, nanoTime));
    }

    void closed(RequestId id) {
        Open known = open.remove(id);
        if (known != null) {
            firstEntries.merge(known.firstSegment(), -1, Integer::sum);
        }
    }

    boolean contains(RequestId id) {
        return open.containsKey(id);
    }

    /** Whether more may come of a call here. */
    boolean isRunning(RequestId id) {
        Open known = open.get(id);
        return known != null && known.settled() == null;
    }

    /** Where an open call's last result is, null if there is none. */
    @Nullable
    Place settledAt(RequestId id) {
        Open known = open.get(id);
        return known == null ? null : known.settled();
    }

    /** Open calls whose result was written before a moment. */
    List<RequestId> settledBefore(long nanoTime) {
        return open.entrySet().stream()
                .filter(call ->
                        call.getValue().settled() != null && call.getValue().settledAtNanoTime() - nanoTime <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    int size() {
        return open.size();
    }

    /** The oldest segments before {@code current} that no open call needs. */
    List<Long> removable(long current) {
        return firstEntries.entrySet().stream()
                .takeWhile(segment -> segment.getKey() < current && segment.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    void removed(long segment) {
        firstEntries.remove(segment);
    }

    private record Open(long firstSegment, @Nullable Place settled, long settledAtNanoTime) {}
}
