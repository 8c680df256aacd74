package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.RequestId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Asks SQL, by primary key, of every settled call that this node's own drainer has not closed, by and by. */
public final class CloseCallsService implements CloseCalls {
    private final UsageJournal journal;
    private final UsageLedger ledger;
    private final RecordedCalls recorded;
    private final Deque<RequestId> round = new ArrayDeque<>();

    public CloseCallsService(UsageJournal journal, UsageLedger ledger) {
        this.journal = journal;
        this.ledger = ledger;
        this.recorded = new RecordedCalls(journal, ledger);
    }

    @Override
    public int close() {
        try {
            return closeRecorded();
        } finally {
            journal.trim(ledger::makeDurable); // also while SQL is away: the journal may have room again
        }
    }

    private synchronized int closeRecorded() {
        if (round.isEmpty()) {
            round.addAll(journal.unclosed(Duration.ZERO));
        }
        int closed = 0;
        for (int looked = 0; looked < ROUND_MAX && !round.isEmpty(); looked += BATCH_MAX) {
            List<RequestId> some = next();
            closed += some.size() - recorded.close(some).size();
        }
        return closed;
    }

    private List<RequestId> next() {
        List<RequestId> some = new ArrayList<>(BATCH_MAX);
        while (some.size() < BATCH_MAX && !round.isEmpty()) {
            some.add(round.remove());
        }
        return some;
    }
}
