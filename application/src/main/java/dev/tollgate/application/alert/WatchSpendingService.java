package dev.tollgate.application.alert;

import dev.tollgate.application.alert.SpendingLooks.CreditLook;
import dev.tollgate.application.alert.SpendingLooks.Look;
import dev.tollgate.application.alert.SpendingLooks.Touched;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes through the batches of recorded usage; a batch that is gone through twice raises nothing twice. What is used is
 * what is recorded, so an alert follows the record by a look, and nobody looks at what nobody spends from.
 */
public final class WatchSpendingService implements WatchSpending {
    private static final int BATCHES_AT_ONCE = 20;
    private static final int ROUNDS_MAX = 50;

    private final SpendingLooks looks;
    private final UserPackages userPackages;
    private final CreditLedger ledger;
    private final SpendingNews told;
    private final RaiseAlerts alerts;
    private final InstantSource clock;

    public WatchSpendingService(
            SpendingLooks looks,
            UserPackages userPackages,
            CreditLedger ledger,
            SpendingNews told,
            RaiseAlerts alerts,
            InstantSource clock) {
        this.looks = looks;
        this.userPackages = userPackages;
        this.ledger = ledger;
        this.told = told;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public int look() {
        int raised = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Look> next = looks.next(BATCHES_AT_ONCE);
            for (Look look : next) {
                raised += look(look);
            }
            if (next.isEmpty()) {
                break;
            }
        }
        return raised;
    }

    private int look(Look look) {
        List<Touched> credits = of(look, SubjectKind.CREDIT);
        Map<UserId, Wallets.Credit> sums = ledger.sums(users(credits));
        List<CreditLook> looked = looked(credits, sums);
        List<Crossing> crossings = new ArrayList<>(crossings(of(look, SubjectKind.PACKAGE)));
        for (CreditLook credit : looked) {
            Wallets.Credit sum = sums.get(credit.user());
            if (sum != null) { // who was never granted any cannot use it up
                crossings.addAll(Crossing.OfCredit.of(credit, sum));
            }
        }
        int raised = raise(crossings);
        looks.seen(look, looked);
        return raised;
    }

    private List<Crossing> crossings(List<Touched> windows) {
        Map<Long, HeldPackage> packages = userPackages.of(users(windows)).values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(held -> held.held().id().value(), held -> held));
        List<Crossing> crossings = new ArrayList<>();
        for (Touched touched : windows) {
            HeldPackage held = packages.get(touched.subject().id());
            if (held != null) { // else it was removed
                crossings.addAll(Crossing.OfPackage.of(held, touched.window(), touched.used(), clock.instant()));
            }
        }
        return crossings;
    }

    private List<CreditLook> looked(List<Touched> credits, Map<UserId, Wallets.Credit> sums) {
        Map<UserId, CreditLook> known = looks.credits(users(credits));
        return credits.stream()
                .map(touched -> {
                    UserId user = touched.user();
                    CreditLook before = known.getOrDefault(user, CreditLook.first(user));
                    long version = sums.getOrDefault(user, Wallets.Credit.NONE).version();
                    return before.next(version, touched.used());
                })
                .toList();
    }

    private int raise(List<Crossing> crossings) {
        Set<String> known = alerts.known(crossings.stream().map(Crossing::key).toList());
        List<Crossing> fresh = crossings.stream()
                .filter(crossing -> !known.contains(crossing.key()))
                .toList();
        return fresh.isEmpty() ? 0 : alerts.raise(told.of(fresh));
    }

    private static List<Touched> of(Look look, SubjectKind kind) {
        return look.touched().stream()
                .filter(touched -> touched.subject().kind() == kind)
                .toList();
    }

    private static Set<UserId> users(List<Touched> windows) {
        return windows.stream().map(Touched::user).collect(Collectors.toSet());
    }
}
