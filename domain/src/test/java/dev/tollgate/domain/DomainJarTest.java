package dev.tollgate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageStatus;
import dev.tollgate.domain.entitlement.PackageTerms;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Standing;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.entitlement.WindowStanding;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of docs/domain-jar.md, as another service would write them. */
class DomainJarTest {
    private static final UserPackageId ID = new UserPackageId(15);
    private static final UserId USER = new UserId(7);
    private static final PackageId OFFER = new PackageId(3);
    private static final Path PAGE = Path.of("..", "docs", "domain-jar.md");
    private static final Path SELF = Path.of("src/test/java/dev/tollgate/domain/DomainJarTest.java");

    @Test
    void prices_a_usage_in_three_lines() {
        PriceSheet sheet = PriceSheet.of(TokenRates.of(dollars("3"), dollars("15")));
        Usage usage = Usage.of(TokenUsage.of(1_200, 350).with(TokenClass.CACHE_READ, 8_000));
        Money charged = new Charge(Pricing.of(sheet).price(usage), Multiplier.of("1.25")).total();
        assertThat(charged.text()).isEqualTo("0.0410625");
    }

    @Test
    void tells_what_is_left_of_a_package_in_three_lines() {
        Instant now = Instant.parse("2026-11-21T22:30:00Z");
        UserPackage held = held(now);
        Standing standing = held.at(now);
        PackageStatus status = standing.status();
        Optional<Money> left = standing.tightest().map(WindowStanding::remaining);
        assertThat(status).isEqualTo(PackageStatus.ACTIVE);
        assertThat(left).contains(Money.ofDollars("6.5"));
        assertThat(held.at(now.plusSeconds(1_800)).tightest().map(WindowStanding::remaining))
                .contains(Money.ofDollars("10"));
    }

    @Test
    void every_line_of_code_on_the_page_stands_in_this_test() throws IOException {
        List<String> tested =
                Files.readAllLines(SELF).stream().map(String::strip).toList();
        boolean inCode = false;
        int lines = 0;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inCode = line.equals("```java");
            } else if (inCode && !line.isBlank()) {
                assertThat(tested).contains(line.strip());
                lines++;
            }
        }
        assertThat(lines).isPositive();
    }

    private static UserPackage held(Instant now) {
        Map<WindowKind, Money> limits = Map.of(WindowKind.DAY, Money.ofDollars("10"));
        PackageTerms terms = PackageTerms.subscription(ZoneId.of("Europe/Berlin"), limits);
        Window today = terms.calendar().window(WindowKind.DAY, now);
        Map<WindowKey, Spent> spent = Map.of(today.key(), new Spent(Money.ofDollars("3"), Money.ofDollars("0.5")));
        return new UserPackage(ID, USER, OFFER, terms, Instant.EPOCH, null, true, 0, 1, spent);
    }

    private static TokenPrice dollars(String perMillion) {
        return TokenPrice.ofDollarsPerMillion(perMillion);
    }
}
