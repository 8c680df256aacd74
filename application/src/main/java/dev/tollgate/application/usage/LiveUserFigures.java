package dev.tollgate.application.usage;

import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.UserFigures;
import dev.tollgate.domain.entitlement.PackageStatus;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Standing;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.entitlement.WindowStanding;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What users have and what they have spent, by the live store and the records; so many queries whatever the users. */
public final class LiveUserFigures implements UserFigures {
    private final UserPackages userPackages;
    private final CreditLedger ledger;
    private final Balances balances;
    private final FreshTotals spending;
    private final InstantSource clock;

    public LiveUserFigures(
            UserPackages userPackages,
            CreditLedger ledger,
            Balances balances,
            FreshTotals spending,
            InstantSource clock) {
        this.userPackages = userPackages;
        this.ledger = ledger;
        this.balances = balances;
        this.spending = spending;
        this.clock = clock;
    }

    @Override
    public Map<UserId, Figures> of(Collection<UserId> users) {
        Instant now = clock.instant();
        Map<UserId, List<UserPackage>> usable = usable(users, now);
        Map<UserId, Wallets.Credit> granted = ledger.sums(users);
        Map<UserId, Spent> spent = balances.credit(users);
        Map<UserId, Totals> totals = spending.users(users);
        Map<UserId, Figures> figures = new HashMap<>();
        for (UserId user : users) {
            List<Standing> standings = usable.getOrDefault(user, List.of()).stream()
                    .map(held -> held.at(now))
                    .toList();
            Spent credit = spent.getOrDefault(user, Spent.NOTHING);
            Totals total = totals.getOrDefault(user, Totals.NONE);
            figures.put(
                    user,
                    new Figures(
                            left(standings, WindowKind.TOTAL),
                            left(standings, WindowKind.DAY),
                            granted.getOrDefault(user, Wallets.Credit.NONE)
                                    .granted()
                                    .minus(credit.used()),
                            credit.held(),
                            total.cost(),
                            total.requests()));
        }
        return figures;
    }

    /** Packages that have begun and are neither over nor disabled; one that is used up for now still counts. */
    private Map<UserId, List<UserPackage>> usable(Collection<UserId> users, Instant now) {
        List<UserPackage> running = userPackages.of(users).values().stream()
                .flatMap(List::stream)
                .map(HeldPackage::held)
                .filter(held -> isRunning(held, now))
                .toList();
        return balances.spent(running).stream().collect(Collectors.groupingBy(UserPackage::userId));
    }

    private static boolean isRunning(UserPackage held, Instant now) {
        PackageStatus status = held.at(now).status();
        return !now.isBefore(held.startsAt()) && status != PackageStatus.DISABLED && status != PackageStatus.EXPIRED;
    }

    private static @Nullable Money left(List<Standing> standings, WindowKind kind) {
        return standings.stream()
                .map(standing -> standing.of(kind))
                .flatMap(Optional::stream)
                .map(WindowStanding::balance)
                .reduce(Money::plus)
                .orElse(null);
    }
}
