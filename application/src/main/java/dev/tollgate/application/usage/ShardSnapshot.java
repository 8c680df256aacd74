package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import java.util.List;
import java.util.Map;

/**
 * A shard of the live store at one moment, for the audit.
 *
 * @param counters the windows of those asked for that the store would admit by now
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

    /** What is counted in a window. */
    public record Counter(Spent spent, long requests) {}

    /** What one call holds in the windows of a subject. */
    public record OpenHold(RequestId id, Subject subject, List<WindowKey> windows, Money amount) {
        public OpenHold {
            windows = List.copyOf(windows);
        }
    }
}
