package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.relay.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays the journal into SQL, whose records never count twice, so it may be stopped and begun again at any point. */
public final class RecoverUsageService implements RecoverUsage {
    private final UsageJournal journal;
    private final UsageLedger ledger;
    private final Orphans orphans;
    private final int shards;

    public RecoverUsageService(UsageJournal journal, UsageLedger ledger, Orphans orphans, int shards) {
        this.journal = journal;
        this.ledger = ledger;
        this.orphans = orphans;
        this.shards = shards;
    }

    @Override
    public Recovered recover() {
        Replay replay = new Replay();
        journal.leftOpen(replay::add);
        replay.finish();
        journal.trim(ledger::makeDurable);
        return new Recovered(replay.settled, replay.orphaned);
    }

    private void record(int shard, List<Settlement> batch) {
        ledger.record(shard, batch, null);
        journal.closed(batch.stream().map(Settlement::id).toList());
    }

    /** Collects what is replayed into batches by shard. */
    private final class Replay {
        private final Map<Integer, List<Settlement>> batches = new HashMap<>();
        private long settled;
        private long orphaned;

        void add(LeftOpen call) {
            switch (call) {
                case LeftOpen.Settled(Settlement settlement) -> {
                    settled++;
                    add(settlement);
                }
                case LeftOpen.Unsettled(var ticket, var progress) -> {
                    orphaned++;
                    add(orphans.settle(ticket, progress));
                }
            }
        }

        private void add(Settlement settlement) {
            int shard = settlement.ticket().shard(shards);
            List<Settlement> batch = batches.computeIfAbsent(shard, absent -> new ArrayList<>());
            batch.add(settlement);
            if (batch.size() == DrainUsage.BATCH_MAX) {
                record(shard, batch);
                batches.remove(shard);
            }
        }

        void finish() {
            batches.forEach(RecoverUsageService.this::record);
        }
    }
}
