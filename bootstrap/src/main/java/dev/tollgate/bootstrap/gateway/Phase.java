package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.identity.Readiness;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether the gateway has started and is not ending: the first condition of being ready. */
@Singleton
final class Phase implements Readiness {
    private volatile State state = State.STARTING;

    @Override
    public String name() {
        return switch (state) {
            case STARTING -> "starting";
            case SERVING -> "serving";
            case DRAINING -> "draining";
        };
    }

    @Override
    public Optional<String> obstacle() {
        return switch (state) {
            case STARTING -> Optional.of("the gateway has not started yet");
            case SERVING -> Optional.empty();
            case DRAINING -> Optional.of("the gateway is being stopped");
        };
    }

    void serve() {
        state = State.SERVING;
    }

    void drain() {
        state = State.DRAINING;
    }

    private enum State {
        STARTING,
        SERVING,
        DRAINING
    }
}
