package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the database has answered lately. */
public final class DatabaseReadiness implements Readiness {
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final Changes changes;
    private final InstantSource clock;

    public DatabaseReadiness(Changes changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> obstacle() {
        boolean silent = changes.confirmedAt().plus(LATELY).isBefore(clock.instant());
        return silent ? Optional.of("no answer since " + changes.confirmedAt()) : Optional.empty();
    }
}
