package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Breaker breaker = new Breaker(nanoTime::get);

    @Test
    void opens_after_five_seconds_without_any_answer() {
        breaker.asked();
        pass(Duration.ofMillis(4_999));
        breaker.asked();
        assertThat(breaker.isOpen()).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void is_closed_by_any_answer() {
        breaker.asked();
        pass(Duration.ofSeconds(10));
        assertThat(breaker.isOpen()).isTrue();

        breaker.answered();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void stays_closed_while_nothing_is_asked() {
        breaker.asked();
        breaker.answered();
        pass(Duration.ofHours(1));

        assertThat(breaker.isOpen()).isFalse();
    }

    private void pass(Duration time) {
        long unused = nanoTime.addAndGet(time.toNanos());
    }
}
