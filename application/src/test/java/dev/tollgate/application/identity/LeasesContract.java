package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all leases must do. */
public abstract class LeasesContract {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final int THREADS = 8;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Leases leases;

    /** Leases of which none is taken. */
    protected abstract Leases create(java.time.InstantSource clock);

    @BeforeEach
    void start() {
        leases = create(() -> now);
    }

    @Test
    void one_holder_at_a_time() {
        Leases.Lease taken = leases.take("sweep", TIME).orElseThrow();

        assertThat(taken.until()).isEqualTo(now.plus(TIME));
        assertThat(leases.take("sweep", TIME)).isEmpty();
        assertThat(leases.take("another", TIME)).isPresent();
    }

    @Test
    void given_back_it_can_be_taken_again_with_a_larger_fence() {
        Leases.Lease first = leases.take("sweep", TIME).orElseThrow();
        leases.giveBack(first);

        assertThat(leases.take("sweep", TIME).orElseThrow().fence()).isGreaterThan(first.fence());
    }

    @Test
    void a_dead_holders_lease_ends_by_itself_once_clocks_cannot_disagree() {
        Leases.Lease first = leases.take("sweep", TIME).orElseThrow();

        now = now.plus(TIME).plus(Leases.SKEW_MAX).minusMillis(1);
        assertThat(leases.take("sweep", TIME)).isEmpty();

        now = now.plusMillis(1);
        assertThat(leases.take("sweep", TIME).orElseThrow().fence()).isGreaterThan(first.fence());
    }

    @Test
    void a_late_holder_cannot_give_back_what_another_has() {
        Leases.Lease first = leases.take("sweep", TIME).orElseThrow();
        now = now.plus(TIME).plus(Leases.SKEW_MAX);
        Optional<Leases.Lease> second = leases.take("sweep", TIME);

        leases.giveBack(first);

        assertThat(second).isPresent();
        assertThat(leases.take("sweep", TIME)).isEmpty();
    }

    @Test
    void a_holder_renews_its_lease_even_after_its_end() {
        Leases.Lease taken = leases.take("sweep", TIME).orElseThrow();

        now = now.plus(TIME).plus(Leases.SKEW_MAX);
        Leases.Lease renewed = leases.renew(taken, TIME).orElseThrow();

        assertThat(renewed).isEqualTo(new Leases.Lease("sweep", taken.fence(), now.plus(TIME)));
        assertThat(leases.take("sweep", TIME)).isEmpty();
        leases.giveBack(taken);
        assertThat(leases.take("sweep", TIME)).isPresent();
    }

    @Test
    void what_was_given_back_or_taken_by_another_is_not_renewed() {
        Leases.Lease taken = leases.take("sweep", TIME).orElseThrow();
        leases.giveBack(taken);
        assertThat(leases.renew(taken, TIME)).isEmpty();

        Leases.Lease others = leases.take("sweep", TIME).orElseThrow();
        assertThat(leases.renew(taken, TIME)).isEmpty();
        assertThat(leases.renew(others, TIME)).isPresent();
    }

    @Test
    void many_who_ask_at_once_get_one() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Optional<Leases.Lease>>> asked = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                asked.add(threads.submit(() -> {
                    start.await();
                    return leases.take("raced", TIME);
                }));
            }
            start.countDown();
            int taken = 0;
            for (Future<Optional<Leases.Lease>> answer : asked) {
                taken += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }
}
