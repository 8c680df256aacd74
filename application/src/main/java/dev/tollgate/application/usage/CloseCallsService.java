package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Set;

/** Asks SQL, by primary key, of every settled call that this node's own drainer has not closed. */
public final class CloseCallsService implements CloseCalls {
    private final UsageJournal journal;
    private final UsageLedger ledger;

    public CloseCallsService(UsageJournal journal, UsageLedger ledger) {
        this.journal = journal;
        this.ledger = ledger;
    }

    @Override
    public int close() {
        try {
            return closeRecorded();
        } finally {
            journal.trim(ledger::makeDurable); // also while SQL is away: the journal may have room again
        }
    }

    private int closeRecorded() {
        List<RequestId> settled = journal.settledIds();
        int closed = 0;
        for (int from = 0; from < settled.size(); from += BATCH_MAX) {
            Set<RequestId> recorded =
                    ledger.recorded(settled.subList(from, Math.min(settled.size(), from + BATCH_MAX)));
            journal.closed(List.copyOf(recorded));
            closed += recorded.size();
        }
        return closed;
    }
}
