package dev.tollgate.application.alert;

import dev.tollgate.application.alert.SpendingLooks.CreditLook;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.relay.RefusedSpending;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Packages and credits that are as good as used up: calls were refused because of them. Kept in memory until
 * {@link #raise}; what is refused while too many wait is told by a later refusal.
 */
public final class RefusedPayers implements RefusedSpending {
    static final int WAITING_MAX = 1_000;

    private final UserPackages userPackages;
    private final CreditLedger ledger;
    private final SpendingLooks looks;
    private final Balances balances;
    private final SpendingNews told;
    private final RaiseAlerts alerts;
    private final InstantSource clock;
    private final Set<Payer> waiting = ConcurrentHashMap.newKeySet();

    public RefusedPayers(
            UserPackages userPackages,
            CreditLedger ledger,
            SpendingLooks looks,
            Balances balances,
            SpendingNews told,
            RaiseAlerts alerts,
            InstantSource clock) {
        this.userPackages = userPackages;
        this.ledger = ledger;
        this.looks = looks;
        this.balances = balances;
        this.told = told;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void refused(UserId user, Subject subject, WindowKey window) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(new Payer(user, subject, window));
        }
    }

    /** Raises what is low and refused a call, once a window and a booking; returns how many. */
    public int raise() {
        Set<Payer> refused = Set.copyOf(waiting);
        if (refused.isEmpty()) {
            return 0;
        }
        List<Crossing> crossings = new ArrayList<>(packages(of(refused, SubjectKind.PACKAGE)));
        crossings.addAll(credits(users(of(refused, SubjectKind.CREDIT))));
        Set<String> known = alerts.known(crossings.stream().map(Crossing::key).toList());
        crossings.removeIf(crossing -> known.contains(crossing.key()));
        int raised = crossings.isEmpty() ? 0 : alerts.raise(told.of(crossings));
        waiting.removeAll(refused);
        return raised;
    }

    private List<Crossing> packages(List<Payer> refused) {
        Map<Long, HeldPackage> held = userPackages.of(users(refused)).values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(one -> one.held().id().value(), one -> one));
        List<Crossing> crossings = new ArrayList<>();
        for (Payer payer : refused) {
            HeldPackage one = held.get(payer.subject().id());
            if (one != null) { // else it was removed
                Spent spent = spent(one.held(), payer.window());
                crossings.addAll(Crossing.OfPackage.refused(one, payer.window(), spent.used(), clock.instant()));
            }
        }
        return crossings;
    }

    private Spent spent(UserPackage held, WindowKey window) {
        return balances.spent(List.of(held)).getFirst().spent().getOrDefault(window, Spent.NOTHING);
    }

    private List<Crossing> credits(Set<UserId> users) {
        Map<UserId, Wallets.Credit> sums = ledger.sums(users);
        Map<UserId, CreditLook> known = looks.credits(users);
        Map<UserId, Spent> spent = balances.credit(users);
        List<Crossing> crossings = new ArrayList<>();
        sums.forEach((user, sum) -> {
            CreditLook before = known.getOrDefault(user, CreditLook.first(user));
            Spent now = spent.getOrDefault(user, Spent.NOTHING);
            crossings.addAll(Crossing.OfCredit.refused(before.next(sum.version(), now.used()), sum));
        });
        return crossings;
    }

    private static List<Payer> of(Collection<Payer> refused, SubjectKind kind) {
        return refused.stream().filter(payer -> payer.subject().kind() == kind).toList();
    }

    private static Set<UserId> users(Collection<Payer> payers) {
        return payers.stream().map(Payer::user).collect(Collectors.toSet());
    }

    private record Payer(UserId user, Subject subject, WindowKey window) {}
}
