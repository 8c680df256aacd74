package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.alert.ExpiringKeys.ExpiringKey;
import dev.tollgate.domain.apikey.KeyExpiry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every view of the keys that end soon must do. */
public abstract class ExpiringKeysContract {
    protected static final String OWNER = "ann";

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant WEEK = NOW.plus(Duration.ofDays(7));

    private ExpiringKeys keys;

    /** One over no keys. */
    protected abstract ExpiringKeys keys();

    /** Adds a key of {@link #OWNER}. */
    protected abstract void add(long id, KeyExpiry expiry, boolean active);

    @BeforeEach
    void start() {
        keys = keys();
    }

    @Test
    void tells_keys_with_a_fixed_end_in_the_span() {
        add(1, new KeyExpiry(NOW, null, null), true);
        add(2, new KeyExpiry(NOW.plusMillis(1), null, null), true);
        add(3, new KeyExpiry(WEEK, null, null), true);
        add(4, new KeyExpiry(WEEK.plusMillis(1), null, null), true);
        add(5, KeyExpiry.NEVER, true);
        add(6, new KeyExpiry(WEEK, null, null), false);

        assertThat(keys.between(NOW, WEEK, 0, 10))
                .extracting(key -> key.id().value())
                .containsExactly(2L, 3L);
        ExpiringKey last = keys.between(NOW, WEEK, 2, 10).getFirst();
        assertThat(last.expiresAt()).isEqualTo(WEEK);
        assertThat(last.username()).isEqualTo(OWNER);
    }

    @Test
    void tells_keys_that_end_some_days_after_their_first_use() {
        Instant longAgo = NOW.minus(Duration.ofDays(25));
        add(1, new KeyExpiry(null, 30, longAgo), true);
        add(2, new KeyExpiry(null, 90, longAgo), true);
        add(3, new KeyExpiry(null, 30, null), true);
        add(4, new KeyExpiry(null, 10, longAgo), true);
        add(5, new KeyExpiry(null, 26, longAgo), true);

        assertThat(keys.between(NOW, WEEK, 0, 10))
                .extracting(ExpiringKey::expiresAt)
                .containsExactly(NOW.plus(Duration.ofDays(5)), NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void of_two_ends_the_earlier_one_counts() {
        Instant longAgo = NOW.minus(Duration.ofDays(25));
        add(1, new KeyExpiry(NOW.plus(Duration.ofDays(3)), 30, longAgo), true);
        add(2, new KeyExpiry(NOW.plus(Duration.ofDays(6)), 30, longAgo), true);
        add(3, new KeyExpiry(NOW.plus(Duration.ofDays(6)), 20, longAgo), true);

        assertThat(keys.between(NOW, WEEK, 0, 10))
                .extracting(ExpiringKey::expiresAt)
                .containsExactly(NOW.plus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(5)));
    }

    @Test
    void tells_so_many_at_a_time_by_rising_id() {
        for (int id = 1; id <= 5; id++) {
            boolean isFixed = id % 2 == 0;
            Instant firstUse = NOW.minus(Duration.ofDays(29));
            add(id, isFixed ? new KeyExpiry(WEEK, null, null) : new KeyExpiry(null, 30, firstUse), true);
        }

        assertThat(keys.between(NOW, WEEK, 0, 2))
                .extracting(key -> key.id().value())
                .containsExactly(1L, 2L);
        assertThat(keys.between(NOW, WEEK, 2, 2))
                .extracting(key -> key.id().value())
                .containsExactly(3L, 4L);
        assertThat(keys.between(NOW, WEEK, 4, 2))
                .extracting(key -> key.id().value())
                .containsExactly(5L);
    }
}
