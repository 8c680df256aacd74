package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings results from the journal into the live store again, as if their calls ended now: what SQL has is closed, of the
 * rest the store's mark decides. Holds that came back though SQL has their calls are freed. It may be stopped and begun
 * again at any point.
 */
public final class ReplayUsageService implements ReplayUsage, RecoverUsage {
    private static final int OVERDUE_MAX = 5_000;

    private final UsageJournal journal;
    private final UsageLedger ledger;
    private final LosableUsage store;
    private final Orphans orphans;
    private final RecordedCalls recorded;
    private @Nullable String replayed;

    public ReplayUsageService(UsageJournal journal, UsageLedger ledger, LosableUsage store, Orphans orphans) {
        this.journal = journal;
        this.ledger = ledger;
        this.store = store;
        this.orphans = orphans;
        this.recorded = new RecordedCalls(journal, ledger);
    }

    @Override
    public Recovered recover() {
        List<LeftOpen.Unsettled> unsettled = new ArrayList<>();
        long[] settled = new long[1];
        journal.leftOpen(call -> {
            switch (call) {
                case LeftOpen.Settled known -> settled[0]++;
                case LeftOpen.Unsettled sent -> unsettled.add(sent);
            }
        });
        unsettled.forEach(sent -> journal.settled(orphans.settle(sent.ticket(), sent.progress())));
        int unused = replay();
        journal.trim(ledger::makeDurable);
        return new Recovered(settled[0], unsettled.size());
    }

    @Override
    public synchronized boolean isDue() {
        return !store.life().equals(replayed);
    }

    @Override
    public synchronized int replay() {
        String life = store.life();
        int again = settleMissing(journal.unclosed(Duration.ZERO));
        for (int shard = 0; shard < store.shards(); shard++) {
            for (RequestId over : ledger.recorded(store.held(shard))) {
                store.release(shard, over);
            }
        }
        replayed = life;
        return again;
    }

    @Override
    public synchronized int replayOverdue() {
        List<RequestId> overdue = journal.unclosed(OVERDUE);
        return settleMissing(overdue.subList(0, Math.min(overdue.size(), OVERDUE_MAX)));
    }

    private int settleMissing(List<RequestId> ids) {
        int settled = 0;
        for (int from = 0; from < ids.size(); from += CloseCalls.BATCH_MAX) {
            List<RequestId> some = ids.subList(from, Math.min(ids.size(), from + CloseCalls.BATCH_MAX));
            settled += settleAgain(recorded.close(some));
        }
        return settled;
    }

    private int settleAgain(List<RequestId> missing) {
        Map<Integer, Map<RequestId, Settlement>> byShard = new HashMap<>();
        for (RequestId id : missing) {
            journal.settlement(id)
                    .ifPresent(settlement -> byShard.computeIfAbsent(
                                    settlement.ticket().shard(store.shards()), absent -> new LinkedHashMap<>())
                            .put(id, settlement));
        }
        return byShard.entrySet().stream()
                .mapToInt(of -> settleAgain(of.getKey(), of.getValue()))
                .sum();
    }

    /** A drainer may have them in its hands from before: it commits ahead of the look into SQL, or finds them gone. */
    private int settleAgain(int shard, Map<RequestId, Settlement> settlements) {
        return ledger.seed(shard, List.of(), locked -> {
            List<RequestId> missing = recorded.close(List.copyOf(settlements.keySet()));
            missing.forEach(id -> store.settleAgain(Objects.requireNonNull(settlements.get(id))));
            return missing.size();
        });
    }
}
