package dev.tollgate.application.relay;

import dev.tollgate.application.usage.Orphans;
import dev.tollgate.domain.relay.Settlement;

/**
 * Goes through every shard, leaving the calls of this node alone. An orphan needs no journal here: until the live store
 * has it the hold is swept again, and what a live store loses is in the journal of the node that sent it.
 */
public final class SweepHoldsService implements SweepHolds {
    private final LiveStore liveStore;
    private final RunningCalls running;
    private final Orphans orphans;

    public SweepHoldsService(LiveStore liveStore, RunningCalls running, Orphans orphans) {
        this.liveStore = liveStore;
        this.running = running;
        this.orphans = orphans;
    }

    @Override
    public int sweep() {
        int orphaned = 0;
        for (int shard = 0; shard < liveStore.shards(); shard++) {
            for (LiveStore.Lost lost : liveStore.sweep(shard, running.ids())) {
                Settlement orphan = orphans.settle(lost.ticket(), lost.progress());
                liveStore.settle(orphan);
                orphaned++;
            }
        }
        return orphaned;
    }
}
