package dev.tollgate.bootstrap.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.World;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed at random instants under load and started again, over and over. Then the callers' own log is
 * held against the records: nothing lost, nothing doubled, nothing left held.
 *
 * <p>Eight kills in every build; {@code -Pcrash} makes it as many as {@code -Dtollgate.crash.kills} says.
 */
class KillLoopTest {
    private static final int KILLS = Integer.getInteger("tollgate.crash.kills", 8);
    private static final long SEED = Long.getLong("tollgate.crash.seed", System.nanoTime());
    private static final String MODEL = "gpt-4o-mini";
    private static final BigDecimal PER_MILLION = new BigDecimal("0.000001");

    @Test
    void whatever_instant_it_is_killed_at_each_answer_is_billed_once(@TempDir Path folder) throws Exception {
        Random random = new Random(SEED);
        GatewayProcess gateway = GatewayProcess.start(folder);
        try (CountedUpstream upstream = new CountedUpstream()) {
            World world = world(gateway);
            world.model(MODEL + "-counted", "openai", "0.15", "0.6");
            long account = world.account("openai", upstream.uri(), Map.of());
            List<String> keys = keys(world);
            Map<String, Integer> completed;
            try (PacedCallers callers = new PacedCallers(gateway.uri(), MODEL + "-counted", keys)) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    Eventually.pause(Duration.ofMillis(200 + random.nextInt(1300)));
                    gateway.kill();
                    gateway.startAgain();
                }
                Eventually.pause(Duration.ofSeconds(2));
                callers.stop();
                completed = callers.completed();
                report(callers);
            }
            reconcile(world(gateway), account, completed);
        } finally {
            gateway.kill();
        }
    }

    private static World world(GatewayProcess gateway) {
        return new World(AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }

    private static List<String> keys(World world) {
        long paying = world.user("paying", "1000");
        long packaged = world.user("packaged", "0");
        long userPackage = world.quota(packaged, "1000", Map.of());
        return List.of(
                world.key(paying, Map.of()),
                world.key(packaged, Map.of()),
                world.key(packaged, Map.of("user_package_id", userPackage)));
    }

    private static void report(PacedCallers callers) {
        org.slf4j.LoggerFactory.getLogger(KillLoopTest.class)
                .info(
                        "seed {}: {} kills, {} calls made, {} answered in full, {} refused or broken off",
                        SEED,
                        KILLS,
                        callers.made(),
                        callers.completed().size(),
                        callers.broken());
    }

    private static void reconcile(World world, long account, Map<String, Integer> completed) {
        Eventually.holds("no hold open and nothing left to drain", Duration.ofSeconds(90), () -> isSettled(world));
        Map<String, JsonNode> byId = new HashMap<>();
        BigDecimal charged = BigDecimal.ZERO;
        for (JsonNode entry : world.records()) {
            assertThat(byId.put(entry.get("request_id").asText(), entry))
                    .as("doubled: %s", entry)
                    .isNull();
            charged = charged.add(new BigDecimal(entry.get("total_cost").asText()));
        }
        completed.forEach((id, output) -> checkRecord(id, output, byId.get(id)));
        JsonNode kept = world.admin().get("/api/admin/accounts/" + account);
        assertThat(new BigDecimal(kept.get("total_cost").asText())).isEqualByComparingTo(charged);
        JsonNode audit = world.admin().post("/api/admin/audit", Map.of());
        assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
    }

    private static void checkRecord(String id, int output, @Nullable JsonNode entry) {
        assertThat(entry).as("answered in full: %s", id).isNotNull();
        assertThat(entry.get("status").asText()).isEqualTo("completed");
        assertThat(entry.get("input_tokens").asLong()).isEqualTo(CountedUpstream.INPUT_BASE + output);
        assertThat(entry.get("output_tokens").asLong()).isEqualTo((long) output);
        assertThat(new BigDecimal(entry.get("total_cost").asText())).isEqualByComparingTo(price(output));
    }

    private static boolean isSettled(World world) {
        JsonNode audit = world.admin().post("/api/admin/audit", Map.of());
        return audit.get("ok").asBoolean();
    }

    private static BigDecimal price(int output) {
        BigDecimal input = new BigDecimal("0.15").multiply(BigDecimal.valueOf(CountedUpstream.INPUT_BASE + output));
        BigDecimal answer = new BigDecimal("0.6").multiply(BigDecimal.valueOf(output));
        return input.add(answer).multiply(PER_MILLION).setScale(9, java.math.RoundingMode.HALF_EVEN);
    }
}
