package dev.tollgate.application.relay;

import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The calls of this node whose holds are marked as sent and that have not ended, for the heartbeat to speak for. */
public final class RunningCalls {
    private final Map<RequestId, Running> calls = new ConcurrentHashMap<>();

    /**
     * Takes a call in, once however often; {@code known} is asked and the hold told at each heartbeat, on another thread.
     * It must leave before its hold is settled or given back.
     */
    public void enter(Ticket ticket, Supplier<Progress> known, RunningHold hold) {
        calls.putIfAbsent(ticket.id(), new Running(ticket, known, hold));
    }

    /** Lets a call go, if it is here. */
    public void leave(RequestId id) {
        calls.remove(id);
    }

    /** What is known of every running call now. */
    public List<Progress> progress() {
        return calls.values().stream().map(call -> call.known().get()).toList();
    }

    public int count() {
        return calls.size();
    }

    public Set<RequestId> ids() {
        return Set.copyOf(calls.keySet());
    }

    public Optional<Running> find(RequestId id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** One of them. */
    public record Running(Ticket ticket, Supplier<Progress> known, RunningHold hold) {}
}
