package dev.tollgate.application.alert;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Batches of usage in memory, of one shard. */
public final class InMemorySpendingLooks implements SpendingLooks {
    private final int shard;
    private final List<List<Key>> batches = new ArrayList<>();
    private final Map<Key, Money> used = new HashMap<>();
    private final Map<UserId, CreditLook> credits = new HashMap<>();
    private long seen;

    public InMemorySpendingLooks(int shard) {
        this.shard = shard;
    }

    private record Key(UserId user, Subject subject, WindowKey window) {}

    /** Records a batch, once. */
    public void record(List<Settlement> batch) {
        List<Key> keys = new ArrayList<>();
        for (Settlement settlement : batch) {
            UserId user = settlement.ticket().caller().userId();
            for (SubjectWindows of : settlement.ticket().windows()) {
                SubjectKind kind = of.subject().kind();
                if (kind == SubjectKind.PACKAGE || kind == SubjectKind.CREDIT) {
                    of.windows().forEach(window -> {
                        Key key = new Key(user, of.subject(), window);
                        keys.add(key);
                        used.merge(key, settlement.charge().total(), Money::plus);
                    });
                }
            }
        }
        batches.add(keys);
    }

    @Override
    public List<Look> next(int batchesMax) {
        int upTo = (int) Math.min(batches.size(), seen + batchesMax);
        if (upTo <= seen) {
            return List.of();
        }
        Set<Touched> touched = new HashSet<>();
        batches.subList((int) seen, upTo)
                .forEach(keys -> keys.forEach(key -> touched.add(
                        new Touched(key.user(), key.subject(), key.window(), used.getOrDefault(key, Money.ZERO)))));
        return List.of(new Look(shard, upTo, touched));
    }

    @Override
    public Map<UserId, CreditLook> credits(Collection<UserId> users) {
        Map<UserId, CreditLook> found = new HashMap<>(credits);
        found.keySet().retainAll(Set.copyOf(users));
        return found;
    }

    @Override
    public void seen(Look look, Collection<CreditLook> looked) {
        looked.forEach(credit -> credits.put(credit.user(), credit));
        seen = Math.max(seen, look.upTo());
    }
}
