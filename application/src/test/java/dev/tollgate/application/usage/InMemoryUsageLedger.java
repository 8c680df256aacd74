package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger in a map: what is recorded is each call's last result, the windows are summed along the way. */
public final class InMemoryUsageLedger implements UsageLedger {
    private final Map<RequestId, Settlement> records = new LinkedHashMap<>();
    private final Map<Subject, Map<WindowKey, Used>> windows = new HashMap<>();
    private final Map<Integer, StreamPosition> positions = new HashMap<>();

    @Override
    public synchronized boolean record(
            int shard, List<Settlement> batch, @Nullable StreamPosition upTo, BooleanSupplier stands) {
        if (!stands.getAsBoolean()) {
            return false;
        }
        batch.forEach(this::record);
        StreamPosition before = positions.get(shard);
        if (upTo != null && (before == null || !before.covers(upTo.generation(), upTo.last()))) {
            positions.put(shard, upTo);
        }
        return true;
    }

    private void record(Settlement settlement) {
        Settlement earlier = records.get(settlement.id());
        boolean isFinal = settlement.status() != CallStatus.ORPHAN;
        if (earlier != null && !(earlier.status() == CallStatus.ORPHAN && isFinal)) {
            return;
        }
        records.put(settlement.id(), settlement);
        Money counted = earlier == null ? Money.ZERO : earlier.charge().total();
        Used added =
                new Used(earlier == null ? 1 : 0, settlement.charge().total().minus(counted));
        settlement
                .ticket()
                .windows()
                .forEach(of -> of.windows()
                        .forEach(key -> windows.computeIfAbsent(of.subject(), absent -> new HashMap<>())
                                .merge(key, added, Used::plus)));
    }

    @Override
    public long deadLetters() {
        return 0;
    }

    @Override
    public synchronized Set<RequestId> recorded(Collection<RequestId> ids) {
        return ids.stream()
                .filter(id -> records.containsKey(id) && records.get(id).status() != CallStatus.ORPHAN)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized Set<RequestId> known(Collection<RequestId> ids) {
        return ids.stream().filter(records::containsKey).collect(Collectors.toSet());
    }

    @Override
    public synchronized <T> T seed(int shard, Collection<Subject> subjects, Function<Seed, T> use) {
        Map<Subject, Map<WindowKey, Used>> sums = new HashMap<>();
        subjects.forEach(subject -> sums.put(subject, Map.copyOf(windows.getOrDefault(subject, Map.of()))));
        return use.apply(new Seed(positions.get(shard), sums));
    }

    @Override
    public synchronized Map<AccountId, Cost> upstreamCost(LocalDate day) {
        Map<AccountId, Cost> costs = new HashMap<>();
        for (Settlement record : records.values()) {
            for (AttemptRecord attempt : record.attempts()) {
                if (LocalDate.ofInstant(attempt.startedAt(), ZoneOffset.UTC).equals(day)) {
                    costs.merge(attempt.accountId(), attempt.upstreamCost(), Cost::plus);
                }
            }
        }
        return costs;
    }

    @Override
    public void makeDurable() {
        // memory is as durable as it gets
    }

    /** Every call's last result, in the order they were first recorded. */
    public synchronized List<Settlement> records() {
        return List.copyOf(records.values());
    }
}
