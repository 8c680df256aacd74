package dev.tollgate.web.admin.entitlement;

import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A package on offer, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record PackageView(
        long id,
        String name,
        String type,
        String price,
        @Nullable Integer durationDays,
        @Nullable String dailyQuota,
        @Nullable String weeklyQuota,
        @Nullable String monthlyQuota,
        @Nullable String quotaAmount,
        String spendMode,
        String timeZone,
        String month,
        List<String> allowedModels,
        @Nullable String description,
        String status) {
    public static PackageView from(PackageOffer offer) {
        OfferTerms terms = offer.terms();
        return new PackageView(
                offer.id().value(),
                offer.name(),
                word(terms.type()),
                offer.price().text(),
                terms.durationDays(),
                limit(terms, WindowKind.DAY),
                limit(terms, WindowKind.WEEK),
                limit(terms, WindowKind.MONTH),
                limit(terms, WindowKind.TOTAL),
                word(terms.spendMode()),
                terms.zone().getId(),
                word(terms.monthRule()),
                terms.allowedModels().patterns().stream().sorted().toList(),
                offer.description(),
                offer.active() ? "active" : "disabled");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String limit(OfferTerms terms, WindowKind kind) {
        Money limit = terms.limits().get(kind);
        return limit == null ? null : limit.text();
    }
}
