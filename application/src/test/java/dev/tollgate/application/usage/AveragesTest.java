package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AveragesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Totals TOTALS = new Totals(30, 0, 100, 200, 0, 0, Money.ZERO, NOW);
    private static final Span ALL_TIME = new Span(Instant.EPOCH, NOW.plusSeconds(1));

    @Test
    void run_from_the_first_use_when_that_is_later_than_the_range() {
        Averages averages = Averages.of(TOTALS, ALL_TIME, NOW.minus(Duration.ofDays(2)), NOW);

        assertThat(averages.dailyRequests()).isEqualByComparingTo("15");
        assertThat(averages.dailyTokens()).isEqualByComparingTo("150");
        assertThat(averages.rpm()).isEqualByComparingTo("0.01");
    }

    @Test
    void run_over_the_range_when_it_starts_after_the_first_use() {
        Span hour = new Span(NOW.minus(Duration.ofHours(1)), NOW);

        assertThat(Averages.of(TOTALS, hour, Instant.EPOCH, NOW).rpm()).isEqualByComparingTo("0.5");
    }

    @Test
    void count_at_least_a_minute_and_a_day() {
        Averages averages = Averages.of(TOTALS, ALL_TIME, NOW, NOW);

        assertThat(averages.rpm()).isEqualByComparingTo("30");
        assertThat(averages.dailyRequests()).isEqualByComparingTo("30");
    }
}
