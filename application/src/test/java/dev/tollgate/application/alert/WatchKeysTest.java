package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchKeysTest {
    private static final Instant END = SteppedClock.NOON.plus(Duration.ofDays(10));

    private final Raised raised = new Raised();
    private final InMemoryExpiringKeys keys = new InMemoryExpiringKeys();
    private final WatchKeys watch = new WatchKeysService(
            keys,
            () -> new WatchKeysService.Ahead(Duration.ofDays(7), Duration.ofDays(1)),
            raised.alerts,
            raised.clock);

    @Test
    void a_key_is_told_of_seven_days_and_one_day_before_its_end() {
        keys.add(key(9, END));
        assertThat(watch.look()).isZero();

        raised.clock.advance(Duration.ofDays(3));
        assertThat(watch.look()).isOne();
        assertThat(watch.look()).isZero();
        assertThat(raised.news())
                .containsExactly("key.expiring {\"api_key_id\":9,\"name\":\"laptop\",\"last4\":\"abcd\","
                        + "\"user_id\":7,\"username\":\"ann\",\"expires_at\":\"2026-12-01T12:00:00Z\"}");

        raised.clock.advance(Duration.ofDays(6));
        assertThat(watch.look()).isOne();
        raised.clock.advance(Duration.ofDays(1));
        assertThat(watch.look()).isZero();
    }

    @Test
    void a_key_with_less_than_a_day_is_told_of_once() {
        keys.add(key(9, SteppedClock.NOON.plus(Duration.ofHours(12))));

        assertThat(watch.look()).isOne();
        assertThat(watch.look()).isZero();
    }

    @Test
    void a_key_that_is_given_another_end_is_told_of_again() {
        keys.add(key(9, SteppedClock.NOON.plus(Duration.ofDays(5))));
        assertThat(watch.look()).isOne();

        keys.add(key(9, SteppedClock.NOON.plus(Duration.ofDays(6))));

        assertThat(watch.look()).isOne();
    }

    @Test
    void all_keys_are_told_of_however_many_there_are() {
        for (int id = 1; id <= 1201; id++) {
            keys.add(key(id, SteppedClock.NOON.plus(Duration.ofDays(5))));
        }

        assertThat(watch.look()).isEqualTo(1201);
    }

    private static ExpiringKeys.ExpiringKey key(long id, Instant end) {
        return new ExpiringKeys.ExpiringKey(new ApiKeyId(id), new UserId(7), "ann", "laptop", "abcd", end);
    }
}
