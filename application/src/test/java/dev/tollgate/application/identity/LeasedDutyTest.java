package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeasedDutyTest {
    private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(9);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final InMemoryLeases leases = new InMemoryLeases(() -> now);
    private final LeasedDuty first = duty(leases);
    private final LeasedDuty second = duty(leases);
    private int done;

    @Test
    void is_done_by_one_node_only() {
        tendBoth();
        assertThat(first.isMine()).isTrue();
        assertThat(second.isMine()).isFalse();
        first.run(() -> done++);
        second.run(() -> done++);
        assertThat(done).isOne();
    }

    @Test
    void stays_with_who_has_it() {
        for (int second = 0; second < 60; second++) {
            tendBoth();
            assertThat(first.isMine()).isTrue();
            now = now.plus(LeasedDuty.TEND_EVERY);
        }
    }

    @Test
    void goes_on_to_another_node_within_ten_seconds_of_a_death() {
        tendBoth();
        for (Instant death = now; now.isBefore(death.plus(FOLLOWED_WITHIN)); now = now.plus(LeasedDuty.TEND_EVERY)) {
            second.tend();
        }
        assertThat(second.isMine()).isTrue();
        first.tend();
        assertThat(first.isMine()).isFalse();
    }

    @Test
    void goes_on_at_once_when_it_is_given_back() {
        tendBoth();
        first.giveBack();
        assertThat(first.isMine()).isFalse();
        second.tend();
        assertThat(second.isMine()).isTrue();
    }

    @Test
    void goes_on_when_its_holder_cannot_do_it_for_two_seconds() {
        tendBoth();
        fail(first);
        now = now.plusMillis(1_999);
        fail(first);
        tendBoth();
        assertThat(first.isMine()).isTrue();

        now = now.plusMillis(1);
        tendBoth();
        assertThat(first.isMine()).isFalse();
        assertThat(second.isMine()).isTrue();
    }

    @Test
    void stays_with_who_fails_and_then_does_it() {
        tendBoth();
        fail(first);
        now = now.plusSeconds(1);
        first.run(() -> done++);
        now = now.plusSeconds(1);
        fail(first);

        tendBoth();
        assertThat(first.isMine()).isTrue();
    }

    @Test
    void comes_back_soon_to_who_could_not_do_it_where_there_is_no_other() {
        first.tend();
        fail(first);
        now = now.plusSeconds(2);
        first.tend();
        assertThat(first.isMine()).isFalse();

        now = now.plusSeconds(2);
        first.tend();
        assertThat(first.isMine()).isTrue();
    }

    private static void fail(LeasedDuty duty) {
        assertThatThrownBy(() -> duty.run(() -> {
                    throw new StoreUnavailable("cut off", null);
                }))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void stays_while_nobody_can_take_it() {
        Broken broken = new Broken();
        LeasedDuty duty = duty(broken);
        duty.tend();
        broken.isAway = true;
        now = now.plus(Duration.ofMinutes(10));
        assertThatThrownBy(duty::tend).isInstanceOf(StoreUnavailable.class);
        assertThat(duty.isMine()).isTrue();
    }

    private void tendBoth() {
        first.tend();
        second.tend();
    }

    private LeasedDuty duty(Leases of) {
        return new LeasedDuty("sweep", of, () -> now);
    }

    private final class Broken implements Leases {
        private boolean isAway;

        @Override
        public Optional<Lease> take(String name, Duration time) {
            return leases.take(name, time);
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration time) {
            if (isAway) {
                throw new StoreUnavailable("away", null);
            }
            return leases.renew(lease, time);
        }

        @Override
        public void giveBack(Lease lease) {
            leases.giveBack(lease);
        }
    }
}
