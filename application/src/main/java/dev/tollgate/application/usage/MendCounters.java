package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Settlement;
import java.util.Collection;

/** Use case: set right the live counters and totals that a few calls count in. */
public interface MendCounters {
    /** Compares what these calls count in with SQL, the shard's row locked, and adds what is lacking or too much. */
    void mend(int shard, Collection<Settlement> calls);
}
