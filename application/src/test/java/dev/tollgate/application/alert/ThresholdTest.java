package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 2",
        "7, 0, 2",
        "0, 1, 0",
        "1, 1, 2",
        "79, 99, 0",
        "80, 99, 1",
        "98, 99, 1",
        "99, 99, 2",
        "100, 99, 2",
        "7378697629483820645, 9223372036854775807, 0",
        "7378697629483820646, 9223372036854775807, 1",
        "9223372036854775806, 9223372036854775807, 1",
        "9223372036854775807, 9223372036854775807, 2",
    })
    void are_reached_to_the_nano_dollar_up_to_the_largest_limit(long used, long limit, int reached) {
        assertThat(Threshold.reached(Money.ofNanos(used), Money.ofNanos(limit))).hasSize(reached);
    }

    @Test
    void are_met_by_a_refusal_only_where_little_was_left() {
        assertThat(Threshold.refused(Money.ofNanos(79), Money.ofNanos(100))).isEmpty();
        assertThat(Threshold.refused(Money.ofNanos(80), Money.ofNanos(100)))
                .extracting(Threshold::percent)
                .containsExactly(100);
    }
}
