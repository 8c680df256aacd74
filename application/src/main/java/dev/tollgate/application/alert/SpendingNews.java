package dev.tollgate.application.alert;

import dev.tollgate.application.alert.RaiseAlerts.News;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words for thresholds that are reached: who, of what, how much is left. What is held is the live store's word. */
public final class SpendingNews {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Users users;
    private final Balances balances;

    public SpendingNews(Users users, Balances balances) {
        this.users = users;
        this.balances = balances;
    }

    List<News> of(List<Crossing> crossings) {
        Set<UserId> ids = crossings.stream()
                .map(crossing -> switch (crossing) {
                    case Crossing.OfPackage reached -> reached.held().held().userId();
                    case Crossing.OfCredit reached -> reached.user();
                })
                .collect(Collectors.toSet());
        Map<UserId, String> names = users.all(ids).stream()
                .collect(Collectors.toMap(StoredUser::id, user -> user.user().username()));
        return crossings.stream()
                .map(crossing -> switch (crossing) {
                    case Crossing.OfPackage reached -> news(reached, names);
                    case Crossing.OfCredit reached -> news(reached, names);
                })
                .toList();
    }

    private News news(Crossing.OfPackage reached, Map<UserId, String> names) {
        UserPackage held = reached.held().held();
        Spent live = balances.spent(List.of(held))
                .getFirst()
                .spent()
                .getOrDefault(reached.window().key(), Spent.NOTHING);
        @Nullable Instant end = reached.resetsAt();
        AlertFacts facts = new AlertFacts()
                .with("user_id", held.userId().value())
                .with("username", names.get(held.userId()))
                .with("user_package_id", held.id().value())
                .with("package", reached.held().name())
                .with("window", reached.windowName());
        return new News(
                AlertType.PACKAGE_THRESHOLD,
                reached.key(),
                amounts(facts, reached.threshold(), reached.limit(), reached.used(), live.held(), end),
                end == null ? null : end.plus(KEPT));
    }

    private News news(Crossing.OfCredit reached, Map<UserId, String> names) {
        UserId user = reached.user();
        Spent live = balances.credit(Set.of(user)).getOrDefault(user, Spent.NOTHING);
        AlertFacts facts = new AlertFacts().with("user_id", user.value()).with("username", names.get(user));
        return new News(
                AlertType.CREDIT_THRESHOLD,
                reached.key(),
                amounts(facts, reached.threshold(), reached.limit(), reached.used(), live.held(), null),
                null);
    }

    private static String amounts(
            AlertFacts facts, Threshold threshold, Money limit, Money used, Money held, @Nullable Instant resetsAt) {
        return facts.with("percent", threshold.percent())
                .with("limit", limit)
                .with("used", used)
                .with("held", held)
                .with("remaining", limit.minus(used).minus(held))
                .with("resets_at", resetsAt)
                .json();
    }
}
