package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.ReplayUsage;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * This node's settlements Redis did not answer to; the journal has them too. They are applied again until Redis does
 * answer, which takes each once. Those that are too many, too old, or of an earlier life are left to the journal's replay,
 * which asks SQL first.
 */
final class Unsettled {
    private static final int MAX = 10_000;

    private final Map<RequestId, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong left = new AtomicLong();

    void attempt(Settlement settlement, String life, Consumer<Settlement> step) {
        try {
            step.accept(settlement);
        } catch (StoreUnavailable e) {
            if (waiting.size() < MAX) {
                waiting.put(settlement.id(), new Waiting(settlement, life, System.nanoTime()));
            } else {
                left.incrementAndGet();
            }
            throw e;
        }
    }

    /** @throws StoreUnavailable at the first that Redis does not answer to; the others wait on */
    void again(String life, Consumer<Settlement> step) {
        for (Waiting one : List.copyOf(waiting.values())) {
            if (one.isOf(life)) {
                step.accept(one.settlement());
            } else {
                left.incrementAndGet();
            }
            waiting.remove(one.settlement().id());
        }
    }

    Set<RequestId> ids() {
        return Set.copyOf(waiting.keySet());
    }

    /** How many were left to the journal so far. */
    long left() {
        return left.get();
    }

    private record Waiting(Settlement settlement, String life, long sinceNanoTime) {
        boolean isOf(String present) {
            return life.equals(present) && System.nanoTime() - sinceNanoTime < ReplayUsage.OVERDUE.toNanos();
        }
    }
}
