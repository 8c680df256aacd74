package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Timing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long calls took, whole and to their first token: counts by bound, the last one of those above every bound.
 */
public record Latencies(List<Long> whole, List<Long> firstToken) {
    public static final List<Long> BOUNDS_MILLIS =
            List.of(100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L);
    private static final List<Long> EMPTY = Collections.nCopies(BOUNDS_MILLIS.size() + 1, 0L);
    public static final Latencies NONE = new Latencies(EMPTY, EMPTY);
    private static final int PERCENT = 100;

    public Latencies {
        whole = List.copyOf(whole);
        firstToken = List.copyOf(firstToken);
    }

    /** One call's. */
    public static Latencies of(Timing timing) {
        Long first = timing.firstTokenMillis();
        return new Latencies(one(timing.latencyMillis()), first == null ? EMPTY : one(first));
    }

    public Latencies plus(Latencies other) {
        return new Latencies(sum(whole, other.whole), sum(firstToken, other.firstToken));
    }

    /**
     * The time within which so many per cent of calls were done, interpolated between two bounds; null without calls,
     * the last bound if it is above that.
     */
    public static @Nullable Long percentile(List<Long> counts, int percent) {
        long calls = counts.stream().mapToLong(Long::longValue).sum();
        long rank = Math.ceilDiv(calls * percent, PERCENT);
        long below = 0;
        for (int i = 0; i < BOUNDS_MILLIS.size() && calls > 0; i++) {
            long count = counts.get(i);
            if (below + count >= rank && count > 0) {
                long lower = i == 0 ? 0 : BOUNDS_MILLIS.get(i - 1);
                return lower + (BOUNDS_MILLIS.get(i) - lower) * (rank - below) / count;
            }
            below += count;
        }
        return calls == 0 ? null : BOUNDS_MILLIS.getLast();
    }

    private static List<Long> one(long millis) {
        List<Long> counts = new ArrayList<>(EMPTY);
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.size() && millis > BOUNDS_MILLIS.get(bucket)) {
            bucket++;
        }
        counts.set(bucket, 1L);
        return counts;
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sums.add(one.get(i) + other.get(i));
        }
        return sums;
    }
}
