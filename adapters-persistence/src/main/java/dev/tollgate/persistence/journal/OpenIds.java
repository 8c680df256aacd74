package dev.tollgate.persistence.journal;

import dev.tollgate.domain.relay.RequestId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which calls are not closed, and in which segment each has its first entry. Segments go oldest first, so a segment
 * without first entries of open calls can be missed.
 */
final class OpenIds {
    private final Map<RequestId, Open> open = new HashMap<>();
    private final TreeMap<Long, Integer> firstEntries = new TreeMap<>();

    void segment(long number) {
        firstEntries.put(number, 0);
    }

    void entered(RequestId id, long segment, boolean isSettled) {
        Open known = open.get(id);
        long first = known == null ? segment : known.firstSegment();
        if (known == null) {
            firstEntries.merge(first, 1, Integer::sum);
        }
        open.put(id, new Open(first, isSettled || (known != null && known.isSettled())));
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
        return known != null && !known.isSettled();
    }

    List<RequestId> settled() {
        return open.entrySet().stream()
                .filter(call -> call.getValue().isSettled())
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

    private record Open(long firstSegment, boolean isSettled) {}
}
