package dev.tollgate.bootstrap.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.crash.Hit.Struck;
import dev.tollgate.bootstrap.crash.Hit.Target;
import dev.tollgate.bootstrap.server.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the callers and the upstream do to the gateways themselves, and looks at the books meanwhile. */
final class CallHits {
    private static final Duration TEN_CALLS_WITHIN = Duration.ofSeconds(10);

    private CallHits() {}

    /** Waits for so many more calls that somebody breaks off. */
    static Hit brokenOff(int calls) {
        return Hit.named("calls broken off", (ground, random) -> {
            Instant from = Instant.now();
            int wanted = ground.callers().faulted() + calls;
            Eventually.holds(
                    calls + " calls are begun",
                    TEN_CALLS_WITHIN.multipliedBy(1 + calls / 10),
                    () -> ground.callers().faulted() >= wanted);
            Instant until = Instant.now();
            // those begun before, and those that end later, are broken off as well
            Window window = new Window(Target.CALLS, Instant.MIN, Instant.MAX);
            return new Struck(List.of(window), Duration.between(from, until));
        });
    }

    /** Holds every sum against every other while calls run: what is held is what the open holds hold. */
    static Hit audit() {
        return Hit.named("audit", (ground, random) -> {
            Instant from = Instant.now();
            JsonNode audit = ground.world().admin().post("/api/admin/audit", Map.of());
            ground.require(audit.get("ok").asBoolean(), "while calls run the audit finds " + audit);
            return new Struck(List.of(), Duration.between(from, Instant.now()));
        });
    }
}
