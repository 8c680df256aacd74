package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal that remembers what was written, and can be made to fail. */
final class MemoryJournal implements UsageJournal {
    private final List<Ticket> sent = new ArrayList<>();
    private final List<Settlement> settled = new ArrayList<>();
    private boolean isBroken;

    synchronized void breakNow() {
        isBroken = true;
    }

    synchronized int settledCount() {
        return settled.size();
    }

    synchronized List<Settlement> settlements() {
        return List.copyOf(settled);
    }

    @Override
    public synchronized void sent(Ticket ticket) {
        requireWritable();
        sent.add(ticket);
    }

    @Override
    public void progress(List<Progress> running) {
        // nothing is left open here
    }

    @Override
    public synchronized void settled(Settlement settlement) {
        requireWritable();
        settled.add(settlement);
    }

    @Override
    public synchronized void closed(List<RequestId> ids) {
        sent.removeIf(ticket -> ids.contains(ticket.id()));
    }

    @Override
    public void leftOpen(Consumer<LeftOpen> each) {
        // this journal never was another's
    }

    @Override
    public List<RequestId> unclosed(Duration age) {
        return List.of();
    }

    @Override
    public Optional<Settlement> settlement(RequestId id) {
        return Optional.empty();
    }

    @Override
    public void trim(Runnable makeDurable) {
        makeDurable.run();
    }

    @Override
    public synchronized long pending() {
        return sent.size();
    }

    @Override
    public synchronized boolean isWritable() {
        return !isBroken;
    }

    private void requireWritable() {
        if (isBroken) {
            throw new JournalUnavailable("the disk is full", new IOException("no space left"));
        }
    }
}
