package dev.tollgate.domain.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiredPackageTest {
    private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");
    private static final Instant END = Instant.parse("2026-06-10T10:00:00Z");
    private static final UserPackage HELD = new UserPackage(
            new UserPackageId(1),
            new UserId(7),
            new PackageId(2),
            new PackageTerms(
                    PackageType.SUBSCRIPTION,
                    SpendMode.STRICT,
                    WindowCalendar.of(ZoneOffset.UTC),
                    Map.of(WindowKind.DAY, Money.ofNanos(5)),
                    ModelPatterns.NONE),
            START,
            END,
            true,
            0,
            1,
            Map.of());

    @Test
    void its_last_day_ends_with_it() {
        assertThat(HELD.at(END.minusNanos(1)).windows().getFirst().window().end())
                .isEqualTo(END);
    }

    @Test
    void it_can_still_be_looked_at_long_after_its_end() {
        Instant later = END.plus(Duration.ofDays(40));

        assertThat(HELD.at(later).status()).isEqualTo(PackageStatus.EXPIRED);
        assertThat(HELD.windowsAt(later))
                .hasSize(3)
                .allSatisfy(window -> assertThat(window.end()).isEqualTo(END));
    }
}
