package dev.tollgate.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class HomeZoneTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId CAIRO = ZoneId.of("Africa/Cairo");
    private static final Instant NOON_IN_TOKYO = Instant.parse("2026-11-21T03:00:00Z");
    private static final Instant NEXT_DAY_IN_TOKYO = Instant.parse("2026-11-21T15:00:00Z");

    @Test
    void changes_at_the_next_day_of_the_old_zone() {
        HomeZone moving = HomeZone.of(TOKYO).changeTo(BERLIN, NOON_IN_TOKYO);
        assertThat(moving.at(NOON_IN_TOKYO)).isEqualTo(TOKYO);
        assertThat(moving.at(NEXT_DAY_IN_TOKYO.minusNanos(1))).isEqualTo(TOKYO);
        assertThat(moving.at(NEXT_DAY_IN_TOKYO)).isEqualTo(BERLIN);
    }

    @Test
    void changes_at_the_first_instant_of_a_day_without_midnight() {
        HomeZone moving = HomeZone.of(CAIRO).changeTo(BERLIN, Instant.parse("2026-04-23T12:00:00Z"));
        assertThat(moving.nextFrom()).isEqualTo("2026-04-23T22:00:00Z");
    }

    @Test
    void replaces_a_change_that_has_not_come_and_keeps_one_that_has() {
        HomeZone moving = HomeZone.of(TOKYO).changeTo(BERLIN, NOON_IN_TOKYO);
        assertThat(moving.changeTo(CAIRO, NOON_IN_TOKYO).at(NEXT_DAY_IN_TOKYO)).isEqualTo(CAIRO);
        assertThat(moving.changeTo(CAIRO, NEXT_DAY_IN_TOKYO).at(NEXT_DAY_IN_TOKYO))
                .isEqualTo(BERLIN);
    }

    @Test
    void drops_a_change_when_the_zone_in_force_is_asked_for() {
        HomeZone moving = HomeZone.of(TOKYO).changeTo(BERLIN, NOON_IN_TOKYO);
        assertThat(moving.changeTo(TOKYO, NOON_IN_TOKYO)).isEqualTo(HomeZone.of(TOKYO));
        assertThat(moving.changeTo(BERLIN, NEXT_DAY_IN_TOKYO)).isEqualTo(HomeZone.of(BERLIN));
    }

    @Test
    void knows_when_a_next_zone_begins() {
        assertThatThrownBy(() -> new HomeZone(TOKYO, BERLIN, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HomeZone(TOKYO, null, NOON_IN_TOKYO)).isInstanceOf(IllegalArgumentException.class);
    }
}
