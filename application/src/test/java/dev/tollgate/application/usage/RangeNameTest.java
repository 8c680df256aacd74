package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeNameTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:10:00Z");

    @ParameterizedTest
    @CsvSource({
        "TODAY, UTC, 2026-03-01T00:00:00Z",
        "TODAY, America/New_York, 2026-02-28T05:00:00Z",
        "TODAY, Asia/Kathmandu, 2026-02-28T18:15:00Z",
        "SEVEN_DAYS, UTC, 2026-02-23T00:00:00Z",
        "THIRTY_DAYS, UTC, 2026-01-31T00:00:00Z",
        "MONTH, UTC, 2026-03-01T00:00:00Z",
        "MONTH, America/New_York, 2026-02-01T05:00:00Z",
        "TOTAL, UTC, 1970-01-01T00:00:00Z",
    })
    void starts_with_a_day_or_month_of_the_zone(RangeName range, String zone, Instant start) {
        assertThat(range.at(NOW, ZoneId.of(zone)).from()).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T02:10:00Z, 2026-03-01T02:15:00Z",
        "2026-03-01T02:14:59.999Z, 2026-03-01T02:15:00Z",
        "2026-03-01T02:15:00Z, 2026-03-01T02:30:00Z",
    })
    void ends_with_the_quarter_of_an_hour_that_is_running(Instant now, Instant end) {
        assertThat(RangeName.TODAY.at(now, ZoneId.of("UTC")).until()).isEqualTo(end);
    }
}
