package dev.tollgate.application.relay;

import dev.tollgate.application.relay.RunningCalls.Running;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        int unheld;
        try {
            journal.progress(progress);
        } finally {
            unheld = hold(progress); // also without the journal: other nodes take calls that do not beat for dead
        }
        return unheld;
    }

    private int hold(List<Progress> progress) {
        Set<RequestId> lost = liveStore.heartbeat(progress);
        int unheld = 0;
        for (Progress call : progress) {
            Optional<Running> found = running.find(call.id());
            if (found.isPresent() && !isHeld(found.get(), lost)) {
                unheld++;
            }
        }
        return unheld;
    }

    private boolean isHeld(Running call, Set<RequestId> lost) {
        boolean isHeld = !lost.contains(call.ticket().id())
                || liveStore.reopen(call.ticket(), call.hold().amount());
        if (isHeld) {
            call.hold().renewed();
        } else {
            call.hold().lost();
        }
        return isHeld;
    }
}
