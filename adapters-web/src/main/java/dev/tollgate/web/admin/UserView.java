package dev.tollgate.web.admin;

import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.UserFigures.Figures;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.money.Money;
import dev.tollgate.web.admin.entitlement.LimitView;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user as the API shows it; figures and limits are null where nobody asked for them.
 *
 * @param timeZone the zone asked for last
 * @param timeZoneFrom since when, or from when on, it is the one in force; null if it always was
 * @param limits those that are set, with what is used and held of each
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record UserView(
        long id,
        String username,
        @Nullable String email,
        String role,
        String status,
        String billingMode,
        @Nullable String priceMultiplier,
        int maxConcurrency,
        long rpmLimit,
        String dailyCostLimit,
        String monthlyCostLimit,
        String timeZone,
        @Nullable Instant timeZoneFrom,
        List<Long> groupIds,
        boolean mustChangePassword,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        @Nullable String quotaBalance,
        @Nullable String subscriptionDailyBalance,
        @Nullable String creditBalance,
        @Nullable String creditHeld,
        @Nullable String totalCost,
        @Nullable Long requestCount,
        @Nullable List<LimitView> limits) {

    /** As it is kept, without figures. */
    public static UserView of(StoredUser stored) {
        return of(stored, null, null);
    }

    static UserView of(StoredUser stored, @Nullable Figures figures, @Nullable List<LimitView> limits) {
        User user = stored.user();
        return new UserView(
                user.id().value(),
                user.username(),
                user.email(),
                user.role().name().toLowerCase(Locale.ROOT),
                user.active() ? "active" : "disabled",
                user.billingMode().name().toLowerCase(Locale.ROOT),
                user.multiplier() == null ? null : user.multiplier().text(),
                user.limits().maxConcurrency(),
                user.limits().rpm(),
                user.limits().dailyCost().text(),
                user.limits().monthlyCost().text(),
                user.home().latest().getId(),
                user.home().nextFrom(),
                user.groups().stream().map(GroupId::value).sorted().toList(),
                stored.login().mustChangePassword(),
                stored.createdAt(),
                stored.updatedAt(),
                stored.deletedAt(),
                figures == null ? null : text(figures.quotaBalance()),
                figures == null ? null : text(figures.subscriptionDailyBalance()),
                figures == null ? null : text(figures.creditBalance()),
                figures == null ? null : text(figures.creditHeld()),
                figures == null ? null : text(figures.totalCost()),
                figures == null ? null : figures.requestCount(),
                limits);
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.text();
    }
}
