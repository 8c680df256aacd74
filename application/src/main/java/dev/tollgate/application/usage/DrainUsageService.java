package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Stream, SQL, stream, journal: a crash between any two of these repeats the batch, which then adds nothing. */
public final class DrainUsageService implements DrainUsage {
    private final UsageStream stream;
    private final UsageLedger ledger;
    private final UsageJournal journal;
    private final BooleanSupplier isEnabled;

    /** @param isEnabled asked each time: {@code sync.enabled} */
    public DrainUsageService(UsageStream stream, UsageLedger ledger, UsageJournal journal, BooleanSupplier isEnabled) {
        this.stream = stream;
        this.ledger = ledger;
        this.journal = journal;
        this.isEnabled = isEnabled;
    }

    @Override
    public int drain() {
        try {
            return isEnabled.getAsBoolean() ? drainShards() : 0;
        } finally {
            journal.trim(ledger::makeDurable); // also while SQL is away: it is here that the journal makes room again
        }
    }

    private int drainShards() {
        int moved = 0;
        for (int shard = 0; shard < stream.shards(); shard++) {
            moved += drain(shard);
        }
        return moved;
    }

    private int drain(int shard) {
        List<Pending> batch = stream.pending(shard, BATCH_MAX);
        if (batch.isEmpty()) {
            return 0;
        }
        StreamId last = batch.getLast().id();
        List<Settlement> settlements = batch.stream().map(Pending::settlement).toList();
        ledger.record(shard, settlements, new StreamPosition(stream.generation(), last));
        stream.drained(shard, last);
        journal.closed(settlements.stream().map(Settlement::id).toList());
        return batch.size();
    }
}
