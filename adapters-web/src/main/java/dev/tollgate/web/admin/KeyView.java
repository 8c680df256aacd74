package dev.tollgate.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.application.apikey.KeyFigures.Figures;
import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.Cidr;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.identity.GroupId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key as the API shows it.
 *
 * @param key its whole text, only in the answer that issues it
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record KeyView(
        long id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        String keyPrefix,
        @JsonProperty("last4") String last4,
        long userId,
        String name,
        String status,
        @Nullable Instant expiresAt,
        @Nullable Integer expiresAfterDays,
        @Nullable Instant firstUsedAt,
        List<Long> groupIds,
        List<Long> accountIds,
        List<String> allowedModels,
        List<String> blockedModels,
        List<String> allowedPlatforms,
        List<String> allowedIps,
        long rpmLimit,
        long tpmLimit,
        int maxConcurrency,
        long dailyRequestLimit,
        String dailyCostLimit,
        String monthlyCostLimit,
        String totalCostLimit,
        @Nullable String priceMultiplier,
        String billingType,
        @Nullable Long userPackageId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String totalCost,
        @Nullable Long requestCount,
        @Nullable Instant lastUsedAt) {

    public static KeyView of(StoredKey stored, @Nullable String text, @Nullable Figures figures) {
        ApiKey key = stored.key();
        KeyScope scope = key.scope();
        KeyLimits limits = key.limits();
        return new KeyView(
                key.id().value(),
                text,
                stored.keyPrefix(),
                stored.last4(),
                key.userId().value(),
                key.name(),
                key.active() ? "active" : "disabled",
                key.expiry().at(),
                key.expiry().daysFromFirstUse(),
                key.expiry().firstUsed(),
                scope.groups().stream().map(GroupId::value).sorted().toList(),
                scope.accounts().stream().map(AccountId::value).sorted().toList(),
                sorted(scope.allowedModels().patterns()),
                sorted(scope.blockedModels().patterns()),
                sorted(scope.platforms()),
                sorted(scope.addresses().stream().map(Cidr::text).toList()),
                limits.rpm(),
                limits.tpm(),
                limits.maxConcurrency(),
                limits.dailyRequests(),
                limits.dailyCost().text(),
                limits.monthlyCost().text(),
                limits.totalCost().text(),
                key.multiplier() == null ? null : key.multiplier().text(),
                key.billingType().name().toLowerCase(Locale.ROOT),
                key.boundPackage() == null ? null : key.boundPackage().value(),
                stored.createdAt(),
                stored.updatedAt(),
                figures == null ? null : figures.totalCost().text(),
                figures == null ? null : figures.requestCount(),
                figures == null ? null : figures.lastUsedAt());
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }

    @Override
    public String toString() {
        return "KeyView[" + id + "]";
    }
}
