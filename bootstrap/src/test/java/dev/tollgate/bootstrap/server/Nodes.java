package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.persistence.server.MariaDb;
import dev.tollgate.persistence.server.RedisServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gateways in processes of their own that share a schema on MariaDB and a Redis. */
public final class Nodes implements AutoCloseable {
    private static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private final String database = MariaDb.newSchema();
    private final RedisServers redis = RedisServers.single();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final Path folder;

    private Nodes(Path folder) {
        this.folder = folder;
    }

    /** Starts so many, each with its data in a folder of its own under this one. */
    public static Nodes start(Path folder, int count) throws IOException {
        return start(folder, count, Map.of());
    }

    /** With further settings, by the names of their environment variables. */
    public static Nodes start(Path folder, int count, Map<String, String> more) throws IOException {
        Nodes nodes = new Nodes(folder);
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(more);
            }
            return nodes;
        } catch (IOException | RuntimeException | Error e) {
            nodes.close();
            throw e;
        }
    }

    /** Starts one more. */
    public GatewayProcess add(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "TOLLGATE_MYSQL_URL",
                database,
                "TOLLGATE_MYSQL_USERNAME",
                MariaDb.USER,
                "TOLLGATE_REDIS_URI",
                redis.uri(),
                "TOLLGATE_SECRET_KEY",
                SECRET_KEY));
        settings.putAll(more);
        Path own = Files.createDirectories(folder.resolve("node-" + gateways.size()));
        GatewayProcess gateway = GatewayProcess.start(own, settings);
        gateways.add(gateway);
        return gateway;
    }

    public GatewayProcess get(int node) {
        return gateways.get(node);
    }

    public List<GatewayProcess> all() {
        return List.copyOf(gateways);
    }

    /** The admin API of one of them. */
    public World world(int node) {
        return new World(AdminClient.login(get(node).uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }

    /** The schema they share, as a JDBC URL for the user {@link MariaDb#USER}. */
    public String database() {
        return database;
    }

    public RedisServers redis() {
        return redis;
    }

    /** Waits until nothing is held and SQL has everything, and holds every sum against every other, asked of a node. */
    public void audit(int node) {
        AdminClient admin = world(node).admin();
        Eventually.holds("nothing is held and SQL has everything", SETTLED_WITHIN, () -> isQuiet(admin));
        for (int every = 0; every < gateways.size(); every++) {
            // a killed one's journal is its next start's
            AdminClient own = get(every).isAlive() ? world(every).admin() : admin;
            Eventually.holds("its journal knows", SETTLED_WITHIN, () -> pending(own) == 0);
        }
        JsonNode audit = admin.post("/api/admin/audit", Map.of());
        assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
    }

    private static long pending(AdminClient admin) {
        return admin.get("/api/admin/monitor").at("/journal/pending").asLong(-1);
    }

    private static boolean isQuiet(AdminClient admin) {
        JsonNode monitor = admin.get("/api/admin/monitor");
        return monitor.at("/calls/holds_open").asLong(-1) == 0
                && monitor.at("/stream/backlog").asLong(-1) == 0;
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        for (GatewayProcess gateway : gateways) {
            try {
                gateway.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        redis.close();
    }
}
