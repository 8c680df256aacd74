package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether what is known of keys, users and prices may still be trusted. Calls are served from memory while the database
 * is away, but not for longer than a copy may serve unconfirmed.
 */
public final class DatabaseReadiness implements Readiness {
    /** Silence of this length means that the database is away: it is asked every second. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Changes changes;
    private final InstantSource clock;

    public DatabaseReadiness(Changes changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** Whether it has answered lately. */
    public boolean isUp() {
        return hasAnsweredWithin(SILENCE);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> obstacle() {
        return hasAnsweredWithin(Snapshot.UNCONFIRMED_MAX)
                ? Optional.empty()
                : Optional.of("no answer since " + changes.confirmedAt());
    }

    private boolean hasAnsweredWithin(Duration lately) {
        return !changes.confirmedAt().isBefore(clock.instant().minus(lately));
    }
}
