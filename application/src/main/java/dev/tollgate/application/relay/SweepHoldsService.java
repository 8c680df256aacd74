package dev.tollgate.application.relay;

import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.relay.Settlement;

/** Goes through every shard, leaving the calls of this node alone. */
public final class SweepHoldsService implements SweepHolds {
    private final LiveStore liveStore;
    private final RunningCalls running;
    private final Orphans orphans;
    private final UsageJournal journal;

    public SweepHoldsService(LiveStore liveStore, RunningCalls running, Orphans orphans, UsageJournal journal) {
        this.liveStore = liveStore;
        this.running = running;
        this.orphans = orphans;
        this.journal = journal;
    }

    @Override
    public int sweep() {
        int orphaned = 0;
        for (int shard = 0; shard < liveStore.shards(); shard++) {
            for (LiveStore.Lost lost : liveStore.sweep(shard, running.ids())) {
                Settlement orphan = orphans.settle(lost.ticket(), lost.progress());
                journal.settled(orphan);
                liveStore.settle(orphan);
                orphaned++;
            }
        }
        return orphaned;
    }
}
