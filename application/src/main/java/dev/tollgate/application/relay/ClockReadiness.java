package dev.tollgate.application.relay;

import dev.tollgate.application.identity.Readiness;
import java.time.Duration;
import java.util.Optional;

/** Whether this node's clock is near enough to the one all nodes share: leases and tokens go by its own. */
public final class ClockReadiness implements Readiness {
    /** Beyond this an operator is told. */
    public static final Duration WARN_BEYOND = Duration.ofSeconds(2);

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final AdmissionClock clock;

    public ClockReadiness(AdmissionClock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Optional<String> obstacle() {
        Duration apart = clock.offset();
        return apart.abs().compareTo(READY_WITHIN) > 0
                ? Optional.of("this node's clock is " + apart.abs().toSeconds() + " s "
                        + (apart.isNegative() ? "ahead of" : "behind") + " the live store's")
                : Optional.empty();
    }
}
