package dev.tollgate.application.relay;

import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Set;

/**
 * Goes through every shard, leaving the calls of this node alone. An orphan needs no journal here: until the live store
 * has it the hold is swept again, and what a live store loses is in the journal of the node that sent it.
 */
public final class SweepHoldsService implements SweepHolds {
    private final LiveStore liveStore;
    private final RunningCalls running;
    private final Orphans orphans;
    private final UsageLedger ledger;

    public SweepHoldsService(LiveStore liveStore, RunningCalls running, Orphans orphans, UsageLedger ledger) {
        this.liveStore = liveStore;
        this.running = running;
        this.orphans = orphans;
        this.ledger = ledger;
    }

    @Override
    public int sweep() {
        int orphaned = 0;
        for (int shard = 0; shard < liveStore.shards(); shard++) {
            orphaned += sweep(shard);
        }
        return orphaned;
    }

    /** What SQL has already is over: the store has lost that, and neither a result nor another orphan may follow. */
    private int sweep(int shard) {
        List<LiveStore.Lost> expired = liveStore.sweep(shard, running.ids());
        Set<RequestId> recorded =
                ledger.known(expired.stream().map(lost -> lost.ticket().id()).toList());
        int orphaned = 0;
        for (LiveStore.Lost lost : expired) {
            if (recorded.contains(lost.ticket().id())) {
                liveStore.release(shard, lost.ticket().id());
            } else if (liveStore.orphan(orphans.settle(lost.ticket(), lost.progress()))) {
                orphaned++;
            }
        }
        return orphaned;
    }
}
