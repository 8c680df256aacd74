package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal in a map; {@link #restarted} is what a new process finds. */
public final class InMemoryUsageJournal implements UsageJournal {
    private int trims;
    private final Map<RequestId, LeftOpen> open = new LinkedHashMap<>();
    private final List<LeftOpen> leftOpen;
    private boolean isWritable = true;

    public InMemoryUsageJournal() {
        this(List.of());
    }

    private InMemoryUsageJournal(List<LeftOpen> leftOpen) {
        this.leftOpen = leftOpen;
        leftOpen.forEach(call -> open.put(id(call), call));
    }

    private static RequestId id(LeftOpen call) {
        return switch (call) {
            case LeftOpen.Settled settled -> settled.settlement().id();
            case LeftOpen.Unsettled unsettled -> unsettled.ticket().id();
        };
    }

    /** The journal as a process finds it that is started after this one's was killed. */
    public synchronized InMemoryUsageJournal restarted() {
        return new InMemoryUsageJournal(List.copyOf(open.values()));
    }

    /** Lets every write from now on fail, or succeed again. */
    public synchronized void setWritable(boolean writable) {
        isWritable = writable;
    }

    @Override
    public synchronized void sent(Ticket ticket) {
        requireWritable();
        open.put(ticket.id(), new LeftOpen.Unsettled(ticket, null));
    }

    @Override
    public synchronized void progress(List<Progress> running) {
        requireWritable();
        running.forEach(progress -> open.computeIfPresent(progress.id(), (id, call) -> with(call, progress)));
    }

    private static LeftOpen with(LeftOpen call, @Nullable Progress progress) {
        return switch (call) {
            case LeftOpen.Settled settled -> settled;
            case LeftOpen.Unsettled unsettled -> new LeftOpen.Unsettled(unsettled.ticket(), progress);
        };
    }

    @Override
    public synchronized void settled(Settlement settlement) {
        requireWritable();
        open.put(settlement.id(), new LeftOpen.Settled(settlement));
    }

    @Override
    public synchronized void closed(List<RequestId> ids) {
        requireWritable();
        ids.forEach(open::remove);
    }

    @Override
    public synchronized void leftOpen(Consumer<LeftOpen> each) {
        leftOpen.stream().filter(call -> open.containsKey(id(call))).forEach(each);
    }

    /** Whatever was written is as old as is asked for. */
    @Override
    public synchronized List<RequestId> unclosed(Duration age) {
        return open.values().stream()
                .filter(LeftOpen.Settled.class::isInstance)
                .map(InMemoryUsageJournal::id)
                .toList();
    }

    @Override
    public synchronized Optional<Settlement> settlement(RequestId id) {
        return open.get(id) instanceof LeftOpen.Settled(Settlement settlement)
                ? Optional.of(settlement)
                : Optional.empty();
    }

    @Override
    public void trim(Runnable makeDurable) {
        trims++;
        makeDurable.run();
    }

    /** How often it was tended. */
    public int trims() {
        return trims;
    }

    @Override
    public synchronized long pending() {
        return open.size();
    }

    @Override
    public synchronized boolean isWritable() {
        return isWritable;
    }

    private void requireWritable() {
        if (!isWritable) {
            throw new JournalUnavailable("set to fail", new IllegalStateException());
        }
    }
}
