package dev.tollgate.application.usage;

import dev.tollgate.application.usage.ShardSnapshot.Counter;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sets a shard's live counters beside SQL and the stream, and what they hold beside the open holds. */
final class AuditedShard {
    private static final Counter NOTHING = new Counter(Spent.NOTHING, 0);

    private final ShardSnapshot shard;
    private final Seed seed;
    private final long oldest;

    /**
     * @param seed SQL's sums of the shard's subjects, of the same moment as the snapshot
     * @param since windows that began earlier are left out: SQL does not sum them for counters any more
     */
    AuditedShard(ShardSnapshot shard, Seed seed, Instant since) {
        this.shard = shard;
        this.seed = seed;
        this.oldest = since.getEpochSecond();
    }

    /** Every counter, right or wrong. */
    List<CounterGap> gaps() {
        Map<Subject, Map<WindowKey, Money>> held = held();
        List<CounterGap> gaps = new ArrayList<>();
        shard.counters().forEach((subject, counters) -> {
            Map<WindowKey, Used> used = used(subject);
            Map<WindowKey, Money> holds = held.getOrDefault(subject, Map.of());
            Set<WindowKey> windows = new HashSet<>(used.keySet());
            windows.addAll(holds.keySet());
            windows.addAll(counters.keySet());
            for (WindowKey window : windows) {
                if (window.kind() == WindowKind.TOTAL || window.startEpochSecond() >= oldest) {
                    Used sum = used.getOrDefault(window, WindowGap.NOTHING);
                    Spent spent = new Spent(sum.cost(), holds.getOrDefault(window, Money.ZERO));
                    Counter expected = new Counter(spent, sum.requests());
                    gaps.add(new CounterGap(subject, window, expected, counters.getOrDefault(window, NOTHING)));
                }
            }
        });
        return gaps;
    }

    private Map<Subject, Map<WindowKey, Money>> held() {
        Map<Subject, Map<WindowKey, Money>> held = new HashMap<>();
        for (ShardSnapshot.OpenHold hold : shard.holds()) {
            Map<WindowKey, Money> windows = held.computeIfAbsent(hold.subject(), absent -> new HashMap<>());
            hold.windows().forEach(window -> windows.merge(window, hold.amount(), Money::plus));
        }
        return held;
    }

    private Map<WindowKey, Used> used(Subject subject) {
        Map<WindowKey, Used> used = new HashMap<>(seed.used().getOrDefault(subject, Map.of()));
        for (Pending entry : shard.pending()) {
            boolean isContained = seed.drained() != null && seed.drained().covers(shard.generation(), entry.id());
            if (!isContained) {
                add(used, subject, entry);
            }
        }
        return used;
    }

    private static void add(Map<WindowKey, Used> used, Subject subject, Pending entry) {
        Used added = new Used(entry.addedRequests(), entry.addedCost());
        for (SubjectWindows of : entry.settlement().ticket().windows()) {
            if (of.subject().equals(subject)) {
                of.windows().forEach(window -> used.merge(window, added, Used::plus));
            }
        }
    }
}
