package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * This node's settlements Redis did not answer to; the journal has them too. They are applied again until Redis does
 * answer: it takes each once. When memory for them is used up, the journal's replay at the next start brings the rest.
 */
final class Unsettled {
    private static final int MAX = 50_000;

    private final Map<RequestId, Settlement> waiting = new ConcurrentHashMap<>();

    void attempt(Settlement settlement, Consumer<Settlement> step) {
        try {
            step.accept(settlement);
        } catch (StoreUnavailable e) {
            if (waiting.size() < MAX) {
                waiting.put(settlement.id(), settlement);
            }
            throw e;
        }
    }

    /** @throws StoreUnavailable at the first that Redis does not answer to; the others wait on */
    void again(Consumer<Settlement> step) {
        for (Settlement settlement : List.copyOf(waiting.values())) {
            step.accept(settlement);
            waiting.remove(settlement.id());
        }
    }

    Set<RequestId> ids() {
        return Set.copyOf(waiting.keySet());
    }
}
