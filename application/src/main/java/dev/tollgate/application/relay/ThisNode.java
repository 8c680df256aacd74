package dev.tollgate.application.relay;

import dev.tollgate.application.identity.Nodes.Node;
import dev.tollgate.application.identity.Nodes.Status;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.usage.UsageJournal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Tells how this node does, from memory. */
public final class ThisNode {
    private static final String DRAINING = "draining";

    private final Name name;
    private final List<Readiness> conditions;
    private final RunningCalls running;
    private final UsageJournal journal;
    private final AdmissionClock clock;

    public ThisNode(
            Name name, List<Readiness> conditions, RunningCalls running, UsageJournal journal, AdmissionClock clock) {
        this.name = name;
        this.conditions = List.copyOf(conditions);
        this.running = running;
        this.journal = journal;
        this.clock = clock;
    }

    /** What does not change of it: see {@link Node}. */
    public record Name(String id, String mark, String version, Instant startedAt) {}

    public Node now() {
        List<String> obstacles = conditions.stream()
                .filter(condition -> condition.obstacle().isPresent())
                .map(Readiness::name)
                .sorted()
                .toList();
        return new Node(
                name.id(),
                name.mark(),
                name.version(),
                name.startedAt().truncatedTo(ChronoUnit.MICROS),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                status(obstacles),
                obstacles,
                running.count(),
                journal.pending(),
                Duration.ofMillis(clock.offset().toMillis()));
    }

    private static Status status(List<String> obstacles) {
        if (obstacles.contains(DRAINING)) {
            return Status.DRAINING;
        }
        return obstacles.isEmpty() ? Status.READY : Status.NOT_READY;
    }
}
