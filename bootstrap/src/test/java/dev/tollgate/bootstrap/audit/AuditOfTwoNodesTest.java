package dev.tollgate.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each node moves what the other one served, and audits meanwhile. */
class AuditOfTwoNodesTest {
    private static final int CALLERS = 4;
    private static final int AUDITS = 8;

    @Test
    void raises_no_false_alarm_on_either_while_both_serve(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2, Map.of("TOLLGATE_AUDIT_INTERVAL", "1s"));
                ShapedUpstream upstream = new ShapedUpstream()) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            String key = world.key(world.user("ann", "1"), Map.of());
            List<World> worlds = List.of(world, nodes.world(1));
            AtomicBoolean isOver = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> callers = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    Caller of = new Caller(nodes.get(caller % 2).uri(), key);
                    callers.add(threads.submit(() -> callUntil(isOver, of)));
                }
                try {
                    for (int round = 0; round < AUDITS; round++) {
                        JsonNode audit = worlds.get(round % 2).admin().post("/api/admin/audit", Map.of());
                        assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
                    }
                } finally {
                    isOver.set(true);
                }
                for (Future<?> caller : callers) {
                    assertThat(caller.get()).isNull();
                }
            }
            nodes.audit(1);
            assertThat(nodes.get(0).log()).content().doesNotContain("self-audit:");
            assertThat(nodes.get(1).log()).content().doesNotContain("self-audit:");
        }
    }

    private static void callUntil(AtomicBoolean isOver, Caller caller) {
        while (!isOver.get()) {
            var answer = caller.callAdmitted(Dialect.CHAT, Caller.request("gpt-4o-mini", true));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }
}
