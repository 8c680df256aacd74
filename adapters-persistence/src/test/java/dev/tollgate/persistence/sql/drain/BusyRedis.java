package dev.tollgate.persistence.sql.drain;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.redis.RedisLiveStore;

/** Lets a machine that is busy answer too late, as a gateway does: what Redis did not confirm is told again. */
final class BusyRedis {
    private static final int TRIES_MAX = 100;

    private BusyRedis() {}

    static void settle(LiveStore store, Settlement settlement) {
        try {
            store.settle(settlement);
        } catch (StoreUnavailable late) {
            assert late.getMessage() != null; // the store keeps it for its next refresh
        }
    }

    static void refresh(RedisLiveStore store) {
        for (int tries = 1; ; tries++) {
            try {
                store.refresh();
                return;
            } catch (StoreUnavailable late) {
                if (tries == TRIES_MAX) {
                    throw late;
                }
            }
        }
    }
}
