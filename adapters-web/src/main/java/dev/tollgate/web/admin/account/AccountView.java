package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.AccountFigures.Figures;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.identity.GroupId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An account as it is shown; credentials and headers' values only by their ends, a proxy's password not at all. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AccountView(
        long id,
        String name,
        String type,
        @Nullable String platform,
        @Nullable String baseUrl,
        Map<String, String> credentials,
        int priority,
        int weight,
        int maxConcurrency,
        String dailyBudget,
        List<String> allowedModels,
        Map<String, String> modelMapping,
        List<Long> groupIds,
        @Nullable String proxyUrl,
        Map<String, String> extraHeaders,
        boolean enabled,
        String status,
        @Nullable String statusUntil,
        String totalCost,
        String totalUpstreamCost,
        long requestCount,
        long errorCount,
        int consecutiveErrors,
        @Nullable String lastError,
        @Nullable String lastUsedAt,
        int inFlight,
        String createdAt,
        String updatedAt) {

    /** @param health as it stands now */
    static AccountView of(
            StoredAccount stored,
            Map<String, String> masked,
            Health health,
            Figures figures,
            int failuresInARow,
            int inFlight) {
        Account account = stored.account();
        Access access = stored.access().masked();
        return new AccountView(
                account.id().value(),
                account.name(),
                account.type().wireName(),
                account.type().family(),
                access.baseUrl(),
                masked,
                account.placement().priority(),
                account.placement().weight(),
                account.placement().maxConcurrency(),
                account.placement().dailyBudget().text(),
                account.serving().allowedModels().patterns().stream().sorted().toList(),
                new TreeMap<>(account.serving().modelMapping()),
                account.serving().groups().stream().map(GroupId::value).sorted().toList(),
                access.proxyUrl(),
                new TreeMap<>(access.extraHeaders()),
                account.enabled(),
                health.status().name().toLowerCase(Locale.ROOT),
                text(health.until()),
                figures.totalCost().text(),
                figures.totalUpstreamCost().text(),
                figures.requests(),
                stored.troubles().errors(),
                failuresInARow,
                stored.troubles().lastError(),
                text(figures.lastUsedAt()),
                inFlight,
                stored.createdAt().toString(),
                stored.updatedAt().toString());
    }

    private static @Nullable String text(@Nullable Object instant) {
        return instant == null ? null : instant.toString();
    }
}
