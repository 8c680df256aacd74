package dev.tollgate.bootstrap.wiring;

import dev.tollgate.persistence.sql.relay.SqlBindings;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Stores new bindings of resources to accounts several times a second and once more at the end; forgets the old ones. */
@Singleton
class BindingsUpkeep {
    private final SqlBindings bindings;

    BindingsUpkeep(SqlBindings bindings) {
        this.bindings = bindings;
    }

    @Scheduled(fixedDelay = "250ms")
    @PreDestroy
    void store() {
        bindings.flush();
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "10m")
    void forget() {
        int pruned;
        do {
            pruned = bindings.prune();
        } while (pruned > 0);
    }
}
