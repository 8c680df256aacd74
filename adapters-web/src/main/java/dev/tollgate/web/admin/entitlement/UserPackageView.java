package dev.tollgate.web.admin.entitlement;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.domain.entitlement.PackageTerms;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.WindowKind;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's package at an instant, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record UserPackageView(
        long id,
        long userId,
        long packageId,
        String name,
        String type,
        String status,
        int priority,
        String startTime,
        @Nullable String expireTime,
        String timeZone,
        String month,
        String spendMode,
        List<String> allowedModels,
        @JsonUnwrapped(prefix = "daily_") WindowView daily,
        @JsonUnwrapped(prefix = "weekly_") WindowView weekly,
        @JsonUnwrapped(prefix = "monthly_") WindowView monthly,
        @Nullable String quotaTotal,
        @Nullable String quotaUsed,
        @Nullable String quotaRemaining,
        String held) {
    public static UserPackageView from(HeldPackage shown, Instant now) {
        UserPackage held = shown.held();
        PackageTerms terms = held.terms();
        WindowView total = WindowView.of(held, WindowKind.TOTAL, now);
        return new UserPackageView(
                held.id().value(),
                held.userId().value(),
                held.packageId().value(),
                shown.name(),
                PackageView.word(terms.type()),
                PackageView.word(held.at(now).status()),
                held.priority(),
                held.startsAt().toString(),
                held.expiresAt() == null ? null : held.expiresAt().toString(),
                terms.calendar().zone().getId(),
                PackageView.word(terms.calendar().monthRule()),
                PackageView.word(terms.spendMode()),
                terms.allowedModels().patterns().stream().sorted().toList(),
                WindowView.of(held, WindowKind.DAY, now),
                WindowView.of(held, WindowKind.WEEK, now),
                WindowView.of(held, WindowKind.MONTH, now),
                total.quota(),
                total.used(),
                total.remaining(),
                WindowView.held(held, now).text());
    }
}
