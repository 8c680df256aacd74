package dev.tollgate.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceHistoryTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final PriceHistory HISTORY =
            new PriceHistory(List.of(version(2, JUNE), version(3, JUNE), version(1, MARCH)));

    @Test
    void holds_a_version_from_its_instant_to_the_next_ones() {
        assertThat(HISTORY.at(MARCH)).contains(version(1, MARCH));
        assertThat(HISTORY.at(JUNE.minusNanos(1))).contains(version(1, MARCH));
        assertThat(HISTORY.at(JUNE.plusSeconds(1))).contains(version(3, JUNE));
    }

    @Test
    void knows_no_price_before_the_first() {
        assertThat(HISTORY.at(MARCH.minusNanos(1))).isEmpty();
    }

    private static PriceVersion version(long id, Instant from) {
        return new PriceVersion(new PriceVersionId(id), "claude-x", from, PriceSheet.of(Sheets.RATES));
    }
}
