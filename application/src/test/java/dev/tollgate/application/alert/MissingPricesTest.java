package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MissingPricesTest {
    private final Raised raised = new Raised();
    private final MissingPrices prices = new MissingPrices(raised.alerts, raised.clock);

    @Test
    void a_model_is_told_of_once_a_day_whichever_node_it_is_asked_of() {
        MissingPrices otherNode = new MissingPrices(raised.alerts, raised.clock);
        prices.asked("gpt-9");
        prices.asked("gpt-9");
        otherNode.asked("gpt-9");

        assertThat(prices.raise()).isOne();
        assertThat(otherNode.raise()).isZero();
        prices.asked("gpt-9");
        assertThat(prices.raise()).isZero();
        assertThat(raised.news()).containsExactly("price.missing {\"model\":\"gpt-9\",\"date\":\"2026-11-21\"}");

        raised.clock.advance(Duration.ofDays(1));
        assertThat(prices.raise()).isZero();
        prices.asked("gpt-9");
        assertThat(prices.raise()).isOne();
    }

    @Test
    void so_many_are_told_of_a_day_and_no_more() {
        for (int round = 0; round < 3; round++) {
            for (int model = 0; model < 80; model++) {
                prices.asked("made-up-" + round + "-" + model);
            }
            int unused = prices.raise();
        }

        assertThat(raised.logged).hasSize(MissingPrices.A_DAY_MAX);
    }

    @Test
    void what_is_no_name_or_no_line_breaks_nothing() {
        prices.asked("");
        prices.asked("x".repeat(500));
        prices.asked("a\n\"b\"\u2028😀");

        assertThat(prices.raise()).isOne();
        assertThat(raised.logged.getFirst().body())
                .contains("\"model\":\"a\\u000a\\\"b\\\"\\u2028\\ud83d\\ude00\"")
                .doesNotContain("\n");
    }
}
