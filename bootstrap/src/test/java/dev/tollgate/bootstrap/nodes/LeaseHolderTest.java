package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import dev.tollgate.persistence.server.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node that drains, sweeps and keeps up for all is frozen, and the one that follows it is killed. */
@Timeout(240)
class LeaseHolderTest {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseHolderTest.class);
    private static final String MODEL = "gpt-4o-mini";
    private static final String TALKER = "talker";
    private static final List<String> DUTIES = List.of("drain", "sweep", "upkeep");

    /** Three seconds of lease, five for clocks that differ, one to ask: ten, and as much for the machine. */
    private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(20);

    private static final Duration SWEPT_WITHIN = Duration.ofSeconds(LiveStore.LEASE_SECONDS + 10L);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** So many times as long as a holder takes to renew what it has. */
    private static final Duration TO_TAKE_IT_BACK = Duration.ofSeconds(4);

    @Test
    void is_followed_by_the_other_and_does_nothing_with_its_old_lease(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2);
                ShapedUpstream upstream = new ShapedUpstream();
                LongUpstream talks = new LongUpstream();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            World world = nodes.world(1);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of("allowed_models", List.of(MODEL)));
            world.account("openai", talks.uri().resolve("/v1"), Map.of("allowed_models", List.of(TALKER)));
            world.model(TALKER, "openai", "1", "10");
            String key = world.key(world.user("ann", "100"), Map.of());
            Caller first = new Caller(nodes.get(0).uri(), key);
            Caller second = new Caller(nodes.get(1).uri(), key);
            call(first);
            call(second);
            awaitRecords(world, 2);

            // the first node was alone when it took them
            Map<String, Long> ofFirst = fences(nodes);
            nodes.get(0).freeze();
            awaitFollowed(nodes, "a frozen holder", ofFirst);
            Map<String, Long> ofSecond = fences(nodes);
            call(second);
            awaitRecords(world, 3);
            nodes.get(0).thaw();
            nodes.get(0).awaitReady();
            call(first);
            call(second);
            Eventually.pause(TO_TAKE_IT_BACK);
            assertThat(fences(nodes))
                    .as("the old holder's leases are worth nothing")
                    .isEqualTo(ofSecond);
            awaitRecords(world, 5);
            nodes.audit(0);

            World left = nodes.world(0);
            var unused = threads.submit(() -> second.call(Dialect.CHAT, request(TALKER)));
            Eventually.holds("a call is under way", SOON, () -> talks.open() == 1);
            nodes.get(1).kill();
            long killed = System.nanoTime();
            call(first);
            awaitFollowed(nodes, "a killed holder", ofSecond);
            call(first);
            awaitRecords(left, 7);
            Eventually.holds("the dead node's call is swept", SWEPT_WITHIN, () -> held(left) == 0);
            LOG.info("a dead holder's hold was freed after {} ms", millisSince(killed));
            awaitRecords(left, 8);
            assertThat(left.records().stream().filter(LeaseHolderTest::isOrphan))
                    .hasSize(1);

            Map<String, Long> afterwards = fences(nodes);
            nodes.get(1).startAgain();
            nodes.audit(1);
            assertThat(nodes.world(1).records()).hasSize(8);
            assertThat(fences(nodes)).isEqualTo(afterwards);
        }
    }

    private static void awaitFollowed(Nodes nodes, String what, Map<String, Long> before) {
        long from = System.nanoTime();
        Eventually.holds(what + " is followed", FOLLOWED_WITHIN, () -> isNewer(fences(nodes), before));
        LOG.info("{} was followed after {} ms", what, millisSince(from));
    }

    private static boolean isNewer(Map<String, Long> fences, Map<String, Long> before) {
        return DUTIES.stream().allMatch(duty -> fences.get(duty) > before.get(duty));
    }

    /** The number of each duty's holder: every holder has a larger one than those before it. */
    private static Map<String, Long> fences(Nodes nodes) {
        try (Connection connection = DriverManager.getConnection(nodes.database(), MariaDb.USER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, fence FROM lease")) {
            Map<String, Long> fences = new TreeMap<>();
            while (rows.next()) {
                fences.put(rows.getString("name"), rows.getLong("fence"));
            }
            fences.keySet().retainAll(DUTIES);
            return fences;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(Caller caller) {
        Eventually.holds("a call is served", SOON, () -> {
            int status = caller.call(Dialect.CHAT, request(MODEL)).statusCode();
            assertThat(status).isIn(200, 503); // a store's deadline missed on a machine that does other things too
            return status == 200;
        });
    }

    private static String request(String model) {
        return Caller.request(model, true);
    }

    private static void awaitRecords(World world, int calls) {
        Eventually.holds(
                calls + " calls are recorded", SOON, () -> world.records().size() == calls);
    }

    private static long held(World world) {
        AdminClient admin = world.admin();
        return admin.get("/api/admin/monitor").at("/calls/holds_open").asLong(-1);
    }

    private static boolean isOrphan(JsonNode entry) {
        return entry.get("status").asText().equals("orphan");
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
