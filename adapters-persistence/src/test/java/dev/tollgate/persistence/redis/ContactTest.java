package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContactTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Contact contact = new Contact(nanoTime::get);

    @Test
    void lasts_from_its_first_second_on() {
        keep(29, "life");
        assertThat(contact.hasLasted(LEASE)).isFalse();
        keep(1, "life");

        assertThat(contact.hasLasted(LEASE)).isTrue();
    }

    @Test
    void begins_anew_after_a_failure() {
        keep(40, "life");
        contact.broken();
        assertThat(contact.hasLasted(LEASE)).isFalse();
        keep(29, "life");

        assertThat(contact.hasLasted(LEASE)).isFalse();
    }

    @Test
    void begins_anew_with_the_stores_next_life() {
        keep(40, "life");
        keep(1, "next life");

        assertThat(contact.hasLasted(LEASE)).isFalse();
    }

    @Test
    void begins_anew_after_a_silence_of_our_own() {
        keep(40, "life");
        long unused = nanoTime.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(contact.hasLasted(LEASE)).isFalse();
        keep(1, "life");

        assertThat(contact.hasLasted(LEASE)).isFalse();
    }

    private void keep(int seconds, String life) {
        for (int second = 0; second < seconds; second++) {
            contact.kept(life);
            long unused = nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }
}
