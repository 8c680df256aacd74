package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shard of the live store at one moment, for the audit.
 *
 * @param counters the windows of every subject the store would admit by now
 */
public record ShardSnapshot(
        String generation,
        Map<Subject, Map<WindowKey, Counter>> counters,
        List<OpenHold> holds,
        List<UsageStream.Pending> pending) {
    public ShardSnapshot {
        counters = Map.copyOf(counters);
        holds = List.copyOf(holds);
        pending = List.copyOf(pending);
    }

    /** The same with the counters of these subjects only. */
    public ShardSnapshot only(Set<Subject> subjects) {
        Map<Subject, Map<WindowKey, Counter>> kept = new HashMap<>(counters);
        kept.keySet().retainAll(subjects);
        return new ShardSnapshot(generation, kept, holds, pending);
    }

    /** What is counted in a window. */
    public record Counter(Spent spent, long requests) {}

    /** What one call holds in the windows of a subject. */
    public record OpenHold(RequestId id, Subject subject, List<WindowKey> windows, Money amount) {
        public OpenHold {
            windows = List.copyOf(windows);
        }
    }
}
