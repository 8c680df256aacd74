package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the store counts as it is written; whatever is not understood takes the safer way. */
class LiveRelaySettingsTest {
    private static final Deadlines FIXED = new Deadlines(
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"refuse, true", "Refuse, true", "FREE, true", "other, true", "free, false"})
    void a_model_without_a_price_is_free_only_where_that_is_said(String stored, boolean refused) {
        assertThat(settings("pricing.unknown_model", stored).refuseUnpriced()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"drain, PT30S", "Drain, PT30S", "CANCEL, PT30S", "cancel, PT0S"})
    void an_answer_nobody_waits_for_is_cancelled_only_where_that_is_said(String stored, Duration drain) {
        assertThat(settings("usage.client_gone_policy", stored).deadlines(true).drain())
                .isEqualTo(drain);
    }

    private static RelaySettings settings(String key, String value) {
        return new LiveRelaySettings(
                new LiveSettings(new Stored(Map.of(key, value)), new InMemoryChanges()), FIXED, FIXED);
    }

    /** Settings as they were stored once. */
    private record Stored(Map<String, String> all) implements Settings {
        @Override
        public void change(Map<String, String> stored, Set<String> forgotten) {
            throw new AssertionError("nobody edits here");
        }
    }
}
