package dev.tollgate.application.relay;

import dev.tollgate.application.identity.Readiness;
import java.util.Optional;

/** Whether any call could be paid for: while the live store is away, by what may be spent without it. */
public final class LiveStoreReadiness implements Readiness {
    private final Outage outage;

    public LiveStoreReadiness(Outage outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "live_store";
    }

    @Override
    public Optional<String> obstacle() {
        return outage.isClosed()
                ? Optional.of("the live store is away, and so is the database or all that may be spent without it")
                : Optional.empty();
    }
}
