package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionClockTest {
    private final SteppedClock node = new SteppedClock();
    private final AdmissionClock clock = new AdmissionClock(node);

    @Test
    void goes_by_the_nodes_time_until_the_shared_one_is_known() {
        assertThat(clock.instant()).isEqualTo(SteppedClock.NOON);
        assertThat(clock.offset()).isZero();
    }

    @Test
    void is_set_right_by_what_the_shared_clock_said_half_way_between_asking_and_hearing() {
        Instant asked = SteppedClock.NOON;
        clock.measured(asked, asked.plusSeconds(5), asked.plusMillis(200));
        assertThat(clock.offset()).isEqualTo(Duration.ofMillis(4900));
        assertThat(clock.instant()).isEqualTo(SteppedClock.NOON.plusMillis(4900));
    }

    @Test
    void believes_no_answer_that_took_long_or_came_before_it_was_asked_for() {
        Instant asked = SteppedClock.NOON;
        clock.measured(asked, asked.plusSeconds(5), asked.plusMillis(501));
        clock.measured(asked, asked.plusSeconds(5), asked.minusMillis(1));
        assertThat(clock.offset()).isZero();
    }

    @Test
    void makes_two_nodes_whose_clocks_are_ten_seconds_apart_agree() {
        SteppedClock ahead = new SteppedClock();
        ahead.advance(Duration.ofSeconds(5));
        AdmissionClock other = new AdmissionClock(ahead);
        node.advance(Duration.ofSeconds(-5));
        Instant shared = SteppedClock.NOON.plusSeconds(1);

        clock.measured(node.instant(), shared, node.instant());
        other.measured(ahead.instant(), shared, ahead.instant());

        assertThat(clock.instant()).isEqualTo(shared).isEqualTo(other.instant());
    }

    @Test
    void never_goes_back_and_goes_on_once_the_clock_has_caught_up() {
        Instant before = clock.instant();
        node.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(before);

        Instant older = node.instant().minus(Duration.ofHours(2));
        clock.measured(node.instant(), older, node.instant());
        assertThat(clock.instant()).isEqualTo(before);

        node.advance(Duration.ofHours(4));
        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(1)));
    }

    @Test
    void does_not_follow_a_clock_that_is_set_until_it_is_measured_again() {
        AtomicLong ticks = new AtomicLong();
        AdmissionClock ticking = new AdmissionClock(node, ticks::get);
        Instant start = node.instant();
        ticking.measured(start, start, start);

        node.advance(Duration.ofHours(1));
        ticks.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(ticking.instant()).isEqualTo(start.plusMillis(300));

        ticking.measured(node.instant(), start.plusMillis(400), node.instant());
        assertThat(ticking.instant()).isEqualTo(start.plusMillis(400));

        node.advance(Duration.ofHours(-1));
        ticks.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(ticking.instant()).isEqualTo(start.plusMillis(700));
    }

    @Test
    void keeps_a_node_out_of_service_whose_clock_is_far_off() {
        ClockReadiness readiness = new ClockReadiness(clock);
        Instant now = node.instant();
        clock.measured(now, now.plusSeconds(30), now);
        assertThat(readiness.obstacle()).isEmpty();
        clock.measured(now, now.minusSeconds(31), now);
        assertThat(readiness.obstacle()).contains("this node's clock is 31 s ahead of the live store's");
        clock.measured(now, now.plusSeconds(45), now);
        assertThat(readiness.obstacle()).contains("this node's clock is 45 s behind the live store's");
    }
}
