package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.WholeServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WarmCallsTest {
    private static final int CALLS = 300;

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    /** What runs beside the calls asks the database a few times a second. */
    @Test
    void ask_the_database_nothing() {
        SERVER.admin().post("/api/admin/accounts", Map.of("name", "sim", "type", "simulated", "credentials", Map.of()));
        SERVER.world().model("short", "openai", "1", "1");
        long user = SERVER.world().user("ann", "10");
        Caller caller = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()));
        SERVER.admin().put("/api/admin/configs", Map.of("sync.enabled", false));
        try {
            call(caller);
            long before = connectionsTaken();
            for (int i = 0; i < CALLS; i++) {
                call(caller);
            }
            assertThat(connectionsTaken() - before).isLessThan(CALLS);
        } finally {
            SERVER.admin().put("/api/admin/configs", Map.of("sync.enabled", true));
        }
    }

    private static void call(Caller caller) {
        String request = "{\"model\":\"short\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        assertThat(caller.call(Dialect.CHAT, request).statusCode()).isEqualTo(200);
    }

    private static long connectionsTaken() {
        return SERVER.bean(MeterRegistry.class).get("hikaricp.connections.acquire").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
