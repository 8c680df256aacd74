package dev.tollgate.bootstrap.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.crash.Hit.Struck;
import dev.tollgate.bootstrap.crash.Hit.Target;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.MariaDbServer;
import dev.tollgate.bootstrap.server.Partition;
import dev.tollgate.bootstrap.server.QuickStart;
import dev.tollgate.bootstrap.server.RedisServer;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a round runs on: gateways with their stores, an upstream, users, and callers at work. */
final class Ground implements AutoCloseable {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Duration QUIET = Duration.ofMillis(800);
    private static final Duration DRAINED_WITHIN = CrashRuns.patience(Duration.ofSeconds(60));
    private static final Duration WARM_WITHIN = CrashRuns.patience(Duration.ofSeconds(20));
    private static final int DRAINED = 200;

    private final List<Runnable> open = new ArrayList<>();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final @Nullable MariaDbServer mariaDb;
    private final @Nullable RedisServer redis;
    private final @Nullable Partition mariaDbNetwork;
    private final @Nullable Partition redisNetwork;
    private final ScriptedUpstream upstream;
    private final Load load;
    private final Accounts accounts;
    private final Purses purses;
    private final PacedCallers callers;

    private Instant disturbed = Instant.now();

    private Ground(Path folder, Setting setting, int perSecond, long seed) throws IOException {
        Files.createDirectories(folder);
        mariaDb = setting.isEmbedded()
                ? null
                : opened(MariaDbServer.start(folder.resolve("mariadb")), MariaDbServer::close);
        redis = setting.isEmbedded() ? null : opened(RedisServer.start(folder.resolve("redis")), RedisServer::close);
        mariaDbNetwork = mariaDb == null || !setting.isPartitioned()
                ? null
                : opened(Partition.before(mariaDb.port()), Partition::close);
        redisNetwork = redis == null || !setting.isPartitioned()
                ? null
                : opened(Partition.before(redis.port()), Partition::close);
        Map<String, String> stores = new HashMap<>(stores());
        stores.putAll(setting.load().settings());
        QuickStart.train(folder.resolve("trained"), stores);
        for (int i = 1; i <= setting.nodes(); i++) {
            GatewayProcess gateway =
                    GatewayProcess.start(Files.createDirectories(folder.resolve("gateway-" + i)), stores);
            gateways.add(gateway);
            open.addFirst(() -> GatewayHits.kill(gateway));
        }
        load = setting.load();
        upstream = opened(new ScriptedUpstream(), ScriptedUpstream::close);
        World world = world();
        accounts = Accounts.in(world, upstream.uri(), load);
        purses = Purses.in(world, load);
        List<URI> addresses = gateways.stream().map(GatewayProcess::uri).toList();
        callers = opened(new PacedCallers(addresses, purses, load, perSecond, seed), PacedCallers::close);
    }

    /**
     * What it is made of.
     *
     * @param isEmbedded whether the stores are in the gateway's own process
     * @param isPartitioned whether a network that can be cut is between the gateways and their stores
     */
    record Setting(boolean isEmbedded, int nodes, boolean isPartitioned, Load load) {
        static final Setting EMBEDDED = new Setting(true, 1, false, Load.EVERYDAY);
        static final Setting ONE_NODE = new Setting(false, 1, false, Load.EVERYDAY);
        static final Setting TWO_NODES = new Setting(false, 2, false, Load.EVERYDAY);
        static final Setting PARTITIONED = new Setting(false, 2, true, Load.EVERYDAY);

        /** The same under another load. */
        Setting under(Load other) {
            return new Setting(isEmbedded, nodes, isPartitioned, other);
        }
    }

    static Ground make(Path folder, Setting setting, int perSecond, long seed) throws IOException {
        return new Ground(folder, setting, perSecond, seed);
    }

    private Map<String, String> stores() {
        if (mariaDb == null || redis == null) {
            return Map.of("TOLLGATE_DRAIN_TIMEOUT", "30s");
        }
        String database = mariaDb.url();
        return Map.of(
                "TOLLGATE_DRAIN_TIMEOUT",
                "30s",
                "TOLLGATE_MYSQL_URL",
                mariaDbNetwork == null ? database : database.replace(":" + mariaDb.port(), ":" + mariaDbNetwork.port()),
                "TOLLGATE_MYSQL_USERNAME",
                mariaDb.user(),
                "TOLLGATE_REDIS_URI",
                redisNetwork == null ? redis.uri() : "redis://127.0.0.1:" + redisNetwork.port(),
                "TOLLGATE_SECRET_KEY",
                KEY);
    }

    private <T> T opened(T part, Consumer<T> close) {
        open.addFirst(() -> close.accept(part));
        return part;
    }

    /** As the admin; a new session, as the last one may be older than a node's start. */
    World world() {
        return world(gateways.getFirst());
    }

    /** Through each of the gateways. */
    List<World> worlds() {
        return gateways.stream().map(Ground::world).toList();
    }

    private static World world(GatewayProcess gateway) {
        return new World(AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }

    List<GatewayProcess> gateways() {
        return gateways;
    }

    Load load() {
        return load;
    }

    boolean isEmbedded() {
        return redis == null;
    }

    GatewayProcess anyGateway(Random random) {
        return gateways.get(random.nextInt(gateways.size()));
    }

    RedisServer redis() {
        return required(redis);
    }

    MariaDbServer mariaDb() {
        return required(mariaDb);
    }

    Partition redisNetwork() {
        return required(redisNetwork);
    }

    Partition mariaDbNetwork() {
        return required(mariaDbNetwork);
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not part of this ground");
        }
        return part;
    }

    PacedCallers callers() {
        return callers;
    }

    Purses purses() {
        return purses;
    }

    Accounts accounts() {
        return accounts;
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    /** Notes a goal that was missed; the round goes on, and fails at its end. */
    void require(boolean isMet, String complaint) {
        if (!isMet) {
            complaints.add(complaint);
        }
    }

    List<String> complaints() {
        return complaints;
    }

    /** Waits until nobody is told any more to come again, and says how long it took since Redis was up. */
    Struck afterRedis(Instant from, Instant up, Duration within) {
        Instant deadline = up.plus(within);
        while (Instant.now().isBefore(deadline)
                && Instant.now().isBefore(lastUnavailable(up).plus(QUIET))) {
            Eventually.pause(Duration.ofMillis(50));
        }
        Duration healthy = Duration.between(up, lastUnavailable(up));
        return new Struck(List.of(new Window(Target.REDIS, from, deadline)), healthy);
    }

    private Instant lastUnavailable(Instant atLeast) {
        Instant last = callers.lastUnavailable();
        return last.isAfter(atLeast) ? last : atLeast;
    }

    /** Notes that callers may have to do without what was warm until now. */
    void disturb(List<Window> windows) {
        if (windows.stream().anyMatch(window -> window.target() != Target.MARIADB)) {
            disturbed = Instant.now();
        }
    }

    /** Waits until every node has served every user since it was disturbed: what a call needs of SQL is in memory. */
    void awaitWarm() {
        try {
            Eventually.holds(
                    "all nodes are warm",
                    WARM_WITHIN,
                    () -> callers.unservedSince(disturbed).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", not so " + callers.unservedSince(disturbed), e);
        }
    }

    /** Waits until what settled calls wait for SQL is no more than usual. */
    Duration awaitDrained() {
        Instant from = Instant.now();
        Eventually.holds("the backlog is drained", DRAINED_WITHIN, () -> backlog() < DRAINED);
        return Duration.between(from, Instant.now());
    }

    private long backlog() {
        try {
            JsonNode stream = world().admin().get("/api/admin/monitor").get("stream");
            return stream.path("backlog").asLong(Long.MAX_VALUE);
        } catch (AssertionError | IllegalStateException e) {
            return Long.MAX_VALUE; // the admin side is not back yet
        }
    }

    /** In the opposite order. */
    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
