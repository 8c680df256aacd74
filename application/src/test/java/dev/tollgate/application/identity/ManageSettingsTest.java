package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManageSettingsTest {
    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemorySettings stored = new InMemorySettings(changes);
    private final ManageSettings manage = new ManageSettingsService(stored);
    private final LiveSettings live = new LiveSettings(stored, changes);

    @Test
    void every_setting_has_a_standard_value_of_its_own_kind() {
        assertThat(manage.list()).hasSameSizeAs(Setting.values()).allSatisfy(inForce -> {
            assertThat(inForce.value()).isEqualTo(inForce.setting().standard());
            assertThat(inForce.setting().fault(inForce.value())).isEmpty();
            assertThat(Setting.of(inForce.setting().key())).contains(inForce.setting());
            assertThat(inForce.setting().description()).endsWith(".");
            assertThat(inForce.setting().key()).startsWith(inForce.setting().category() + ".");
        });
    }

    @Test
    void an_edit_is_in_force_at_once_and_told_to_whoever_listens() {
        List<String> heard = new ArrayList<>();
        live.onChange(() -> heard.add(live.text(Setting.SCHEDULER_SLOT_WAIT)));
        Map<String, String> faults = manage.change(Map.of(
                "scheduler.slot_wait", "500ms",
                "degraded.allowance", "2.5",
                "pricing.global_multiplier", "1.25",
                "retry.max_attempts", "3",
                "sync.enabled", "false"));

        assertThat(faults).isEmpty();
        assertThat(heard).containsExactly("500ms");
        assertThat(live.duration(Setting.SCHEDULER_SLOT_WAIT)).isEqualTo(Duration.ofMillis(500));
        assertThat(live.money(Setting.DEGRADED_ALLOWANCE)).isEqualTo(Money.ofNanos(2_500_000_000L));
        assertThat(live.factor(Setting.PRICING_GLOBAL_MULTIPLIER)).isEqualTo(Multiplier.of("1.25"));
        assertThat(live.count(Setting.RETRY_MAX_ATTEMPTS)).isEqualTo(3);
        assertThat(live.isOn(Setting.SYNC_ENABLED)).isFalse();
        assertThat(live.isChanged(Setting.SYNC_ENABLED)).isTrue();
        assertThat(live.isChanged(Setting.LOG_LEVEL)).isFalse();
    }

    @Test
    void what_is_back_at_its_standard_is_not_kept() {
        Map<String, String> unused = manage.change(Map.of("log.level", "debug", "retry.max_attempts", "3"));
        unused = manage.change(Map.of("log.level", "", "retry.max_attempts", "5"));

        assertThat(stored.all()).isEmpty();
        assertThat(live.text(Setting.LOG_LEVEL)).isEqualTo("info");
    }

    @Test
    void a_setting_that_nothing_acts_on_says_so() {
        assertThat(manage.list())
                .filteredOn(inForce -> inForce.setting().description().contains("Not acted on"))
                .extracting(inForce -> inForce.setting())
                .containsExactlyInAnyOrder(Setting.SYNC_INTERVAL, Setting.RETENTION_RECORDS);
    }

    @Test
    void nothing_is_changed_where_anything_is_wrong() {
        Map<String, String> faults =
                manage.change(Map.of("log.level", "loud", "no.such", "1", "retry.max_attempts", "3"));

        assertThat(faults).containsOnlyKeys("log.level", "no.such");
        assertThat(faults.get("log.level")).contains("trace, debug, info, warn or error", "'loud'");
        assertThat(stored.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sync.enabled, yes",
        "sync.interval, 5",
        "sync.interval, 1000000000s",
        "retry.max_attempts, 0",
        "retry.max_attempts, -1",
        "retry.max_attempts, 1234567890",
        "degraded.allowance, -1",
        "degraded.allowance, 4000001",
        "degraded.allowance, 0.0000000001",
        "pricing.global_multiplier, 1001",
        "pricing.global_multiplier, x",
        "usage.client_gone_policy, wait",
        "usage.default_granularity, year",
        "pricing.unknown_model, guess",
        "pricing.unknown_model, Refuse",
        "pricing.unknown_model, FREE",
        "usage.client_gone_policy, Drain",
        "usage.default_granularity, Day",
        "log.level, INFO",
        "log.level.main, INHERIT",
        "sync.enabled, True"
    })
    void a_value_of_another_kind_is_refused_by_name(String key, String value) {
        assertThat(manage.change(Map.of(key, value))).containsOnlyKeys(key);
    }

    @ParameterizedTest
    @CsvSource({"50ms, PT0.05S", "5s, PT5S", "0s, PT0S", "5m, PT5M", "2h, PT2H", "30d, PT720H"})
    void durations_are_read_as_operators_write_them(String text, Duration duration) {
        assertThat(Durations.of(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5w", "٥s", "1.5h"})
    void anything_else_is_no_duration(String text) {
        assertThat(Durations.isReadable(text)).isFalse();
        assertThatThrownBy(() -> Durations.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
