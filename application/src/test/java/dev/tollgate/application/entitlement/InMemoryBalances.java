package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Balances that a test writes down. */
public final class InMemoryBalances implements Balances {
    private final Map<UserPackageId, Map<WindowKey, Spent>> packages = new HashMap<>();
    private final Map<UserId, Spent> credits = new HashMap<>();
    private final List<UserPackage> pushed = new ArrayList<>();
    private boolean away;

    public void spend(UserPackageId id, WindowKey window, Spent spent) {
        packages.computeIfAbsent(id, fresh -> new HashMap<>()).put(window, spent);
    }

    public void spendCredit(UserId user, Spent spent) {
        credits.put(user, spent);
    }

    public void goAway() {
        away = true;
    }

    /** The packages whose limits were pushed, in order. */
    public List<UserPackage> pushed() {
        return List.copyOf(pushed);
    }

    @Override
    public List<UserPackage> spent(Collection<UserPackage> asked) {
        return asked.stream()
                .map(held -> held.withSpent(packages.getOrDefault(held.id(), Map.of())))
                .toList();
    }

    @Override
    public Map<UserId, Spent> credit(Collection<UserId> users) {
        Map<UserId, Spent> found = new HashMap<>(credits);
        found.keySet().retainAll(users);
        return found;
    }

    @Override
    public void push(UserPackage edited, Instant now) {
        pushed.add(edited);
    }

    @Override
    public TakenBack takeBack(UserId user, Money amount, Wallets.Credit before, Supplier<Wallets.Credit> deduct) {
        if (away) {
            return TakenBack.STORE_AWAY;
        }
        Money left = credits.getOrDefault(user, Spent.NOTHING).remaining(before.granted());
        if (left.compareTo(amount) < 0) {
            return TakenBack.NOT_THERE;
        }
        Wallets.Credit after = deduct.get();
        return after.version() > before.version() ? TakenBack.DONE : TakenBack.NOT_THERE;
    }
}
