package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"5,5000", "0.5,500", "174ms,174", "8.64s,8640", "6m0s,360000", "1h2m3s,3723000", "16ms,16"})
    void reads_spans(String text, long millis) {
        assertThat(Waits.reset(text, NOW)).isEqualTo(NOW.plusMillis(millis));
        assertThat(Waits.retryAfter(text, NOW)).isEqualTo(NOW.plusMillis(millis));
    }

    @Test
    void reads_dates_and_instants() {
        assertThat(Waits.retryAfter("Sat, 21 Nov 2026 12:00:30 GMT", NOW)).isEqualTo(NOW.plusSeconds(30));
        assertThat(Waits.instant("2026-11-21T12:01:00Z", NOW)).isEqualTo(NOW.plusSeconds(60));
        assertThat(Waits.retryAfterMillis("250", NOW)).isEqualTo(NOW.plusMillis(250));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rate limit reached for gpt-4o. Please try again in 1m30.5s. Visit",
                "Please retry after 90.5s",
                "TRY AGAIN IN 90500ms"
            })
    void reads_words(String message) {
        assertThat(Waits.inWords(message, NOW)).isEqualTo(NOW.plus(Duration.ofMillis(90_500)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-5",
                "soon",
                "0",
                "999999999h",
                "NaN",
                "1e9",
                "5 apples",
                "Sat, 21 Nov 2020 12:00:30 GMT"
            })
    void takes_nothing_from_nonsense(String text) {
        assertThat(Waits.retryAfter(text, NOW)).isNull();
        assertThat(Waits.instant(text, NOW)).isNull();
    }
}
