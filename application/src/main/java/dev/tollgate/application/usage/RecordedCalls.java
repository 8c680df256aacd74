package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the journal's calls are in SQL. */
final class RecordedCalls {
    private final UsageJournal journal;
    private final UsageLedger ledger;

    RecordedCalls(UsageJournal journal, UsageLedger ledger) {
        this.journal = journal;
        this.ledger = ledger;
    }

    /** Closes those that SQL has; an orphan's record closes an orphan only. @return the others */
    List<RequestId> close(List<RequestId> ids) {
        Set<RequestId> known = ledger.known(ids);
        Set<RequestId> recorded = ledger.recorded(known);
        List<RequestId> missing = new ArrayList<>();
        List<RequestId> closed = new ArrayList<>();
        for (RequestId id : ids) {
            boolean isThere = recorded.contains(id) || (known.contains(id) && isOrphan(id));
            (isThere ? closed : missing).add(id);
        }
        journal.closed(closed);
        return missing;
    }

    private boolean isOrphan(RequestId id) {
        return journal.settlement(id)
                .filter(settlement -> settlement.status() == CallStatus.ORPHAN)
                .isPresent();
    }
}
