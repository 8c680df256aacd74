package dev.tollgate.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Readiness;
import dev.tollgate.web.admin.TestServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthApiTest {
    private final AtomicReference<String> obstacle = new AtomicReference<>();

    @Test
    void is_ready_while_no_condition_names_an_obstacle_and_alive_in_any_case() {
        try (TestServer server = TestServer.start(new Journal())) {
            assertThat(server.get(null, "/health/readiness").status()).isEqualTo(200);

            obstacle.set("the disk is full");

            assertThat(server.get(null, "/health/readiness").status()).isEqualTo(503);
            assertThat(server.get(null, "/health/readiness").json())
                    .containsEntry("status", "not_ready")
                    .containsEntry("obstacles", List.of("journal"));
            assertThat(server.get(null, "/health/liveness").status()).isEqualTo(200);
        }
    }

    private final class Journal implements Readiness {
        @Override
        public String name() {
            return "journal";
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.ofNullable(obstacle.get());
        }
    }
}
