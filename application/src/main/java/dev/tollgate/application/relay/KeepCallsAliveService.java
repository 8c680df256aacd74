package dev.tollgate.application.relay;

import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import java.util.Optional;

/** One beat: the journal first, as it is what a crash leaves, then the leases. */
public final class KeepCallsAliveService implements KeepCallsAlive {
    private final RunningCalls running;
    private final UsageJournal journal;
    private final LiveStore liveStore;

    public KeepCallsAliveService(RunningCalls running, UsageJournal journal, LiveStore liveStore) {
        this.running = running;
        this.journal = journal;
        this.liveStore = liveStore;
    }

    @Override
    public int beat() {
        List<Progress> progress = running.progress();
        if (progress.isEmpty()) {
            return 0;
        }
        journal.progress(progress);
        int unheld = 0;
        for (RequestId lost : liveStore.heartbeat(progress)) {
            Optional<Ticket> ticket = running.ticket(lost);
            if (ticket.isPresent() && !liveStore.reopen(ticket.get())) {
                unheld++;
            }
        }
        return unheld;
    }
}
