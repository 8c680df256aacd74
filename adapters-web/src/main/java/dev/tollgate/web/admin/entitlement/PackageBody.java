package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.ManagePackages.Draft;
import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import io.micronaut.json.tree.JsonNode;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body that describes a package on offer. */
final class PackageBody {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int DESCRIPTION_LENGTH_MAX = 2000;
    private static final int PATTERN_LENGTH_MAX = 191;

    private final Given<String> name;
    private final Given<PackageType> type;
    private final Given<Money> price;
    private final Given<Integer> durationDays;
    private final LimitFields limits;
    private final Given<SpendMode> spendMode;
    private final Given<ZoneId> zone;
    private final Given<MonthRule> month;
    private final Given<Set<String>> models;
    private final Given<String> description;
    private final Given<Boolean> active;

    private PackageBody(JsonBody body, boolean creating) {
        name = body.text("name", NAME_LENGTH_MAX).requiredIf(creating);
        type = body.choice("type", PackageType.class).requiredIf(creating);
        price = body.money("price");
        durationDays = body.integer("duration_days", 0, OfferTerms.DURATION_DAYS_MAX);
        limits = LimitFields.of(body, "quota_amount");
        spendMode = body.choice("spend_mode", SpendMode.class);
        zone = body.zone("time_zone");
        month = body.choice("month", MonthRule.class);
        models = body.texts("allowed_models", PATTERN_LENGTH_MAX);
        description = body.text("description", DESCRIPTION_LENGTH_MAX);
        active = body.choice("status", Map.of("active", true, "disabled", false));
        body.refuseOthers();
    }

    static Draft draft(@Nullable JsonNode json, ZoneId defaultZone) {
        JsonBody body = JsonBody.of(json);
        PackageBody fields = new PackageBody(body, true);
        if (fields.type.orNull(null) != null) {
            fields.limits.check(body, fields.type.value(), Map.of());
        }
        body.check();
        OfferTerms terms = new OfferTerms(
                fields.type.value(),
                fields.spendMode.or(SpendMode.STRICT),
                fields.zone.or(defaultZone),
                fields.month.or(MonthRule.CALENDAR),
                fields.duration(null),
                fields.limits.over(Map.of()),
                new ModelPatterns(fields.models.or(Set.of())));
        return new Draft(
                fields.name.value(),
                fields.description.orNull(null),
                fields.price.or(Money.ZERO),
                fields.active.or(true),
                terms);
    }

    static PackageOffer change(@Nullable JsonNode json, PackageOffer current, ZoneId defaultZone) {
        JsonBody body = JsonBody.of(json);
        PackageBody fields = new PackageBody(body, false);
        OfferTerms terms = current.terms();
        PackageType type = fields.type.or(terms.type());
        fields.limits.check(body, type, terms.limits());
        body.check();
        OfferTerms changed = new OfferTerms(
                type,
                fields.spendMode.or(terms.spendMode(), SpendMode.STRICT),
                fields.zone.or(terms.zone(), defaultZone),
                fields.month.or(terms.monthRule(), MonthRule.CALENDAR),
                fields.duration(terms.durationDays()),
                fields.limits.over(terms.limits()),
                new ModelPatterns(fields.models.or(terms.allowedModels().patterns(), Set.of())));
        return new PackageOffer(
                current.id(),
                fields.name.or(current.name()),
                fields.description.orNull(current.description()),
                fields.price.or(current.price(), Money.ZERO),
                fields.active.or(current.active(), true),
                changed);
    }

    private @Nullable Integer duration(@Nullable Integer current) {
        Integer days = durationDays.orNull(current);
        return days == null || days == 0 ? null : days;
    }
}
