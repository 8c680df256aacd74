package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final Ids ids = new TimeOrderedIds(clock, bound -> bound - 1);

    @Test
    void are_unique_although_the_clock_stands_still_or_steps_back() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            given.add(ids.next());
        }
        now.set(Instant.parse("2026-05-31T00:00:00Z"));
        for (int i = 0; i < 20_000; i++) {
            given.add(ids.next());
        }

        assertThat(given).hasSize(40_000);
    }

    @Test
    void rise_with_time_and_stay_below_two_to_the_53() {
        long early = ids.next();
        now.set(Instant.parse("2090-01-01T00:00:00Z"));
        long late = ids.next();

        assertThat(late).isGreaterThan(early).isLessThan(1L << 53);
    }

    @Test
    void spread_evenly_over_shards_within_a_millisecond() {
        int[] perShard = new int[16];
        for (int i = 0; i < 4096; i++) {
            perShard[(int) (ids.next() % 16)]++;
        }

        assertThat(perShard).containsOnly(256);
    }
}
