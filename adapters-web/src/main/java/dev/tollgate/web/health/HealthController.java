package dev.tollgate.web.health;

import dev.tollgate.application.identity.Readiness;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Tells a supervisor whether to restart the process, and a balancer whether to send it calls. */
@Controller("/health")
final class HealthController {
    private final List<Readiness> conditions;

    HealthController(List<Readiness> conditions) {
        this.conditions = conditions;
    }

    @Get("/liveness")
    Health liveness() {
        return new Health("alive", List.of());
    }

    /** Names what is in the way, not why: the log says that. */
    @Get("/readiness")
    HttpResponse<Health> readiness() {
        List<String> obstacles = conditions.stream()
                .filter(condition -> condition.obstacle().isPresent())
                .map(Readiness::name)
                .sorted()
                .toList();
        return obstacles.isEmpty()
                ? HttpResponse.ok(new Health("ready", obstacles))
                : HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE).body(new Health("not_ready", obstacles));
    }

    /** The state, and the conditions that are not met. */
    @Serdeable
    record Health(String status, List<String> obstacles) {}
}
