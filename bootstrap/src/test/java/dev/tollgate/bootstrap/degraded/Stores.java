package dev.tollgate.bootstrap.degraded;

import dev.tollgate.bootstrap.server.MariaDbServer;
import dev.tollgate.bootstrap.server.Partition;
import dev.tollgate.bootstrap.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A MariaDB and a Redis of a test class's own, each behind a partition; both are there again after every test, before it is audited. */
final class Stores implements AfterTestExecutionCallback, AfterAllCallback {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    final MariaDbServer mariaDb;
    final RedisServer redis;
    final Partition beforeMariaDb;
    final Partition beforeRedis;
    private final Path folder;

    private Stores(Path folder, boolean isRedisSynced) {
        this.folder = folder;
        this.mariaDb = MariaDbServer.start(folder.resolve("mariadb"));
        Path ofRedis = folder.resolve("redis");
        this.redis = isRedisSynced ? RedisServer.start(ofRedis) : RedisServer.startUnsynced(ofRedis);
        this.beforeMariaDb = Partition.before(mariaDb.port());
        this.beforeRedis = Partition.before(redis.port());
    }

    /**
     * @param isRedisSynced whether Redis syncs its file every second, for which it stops now and then on a busy disk
     */
    static Stores start(boolean isRedisSynced) {
        try {
            return new Stores(Files.createTempDirectory("tollgate-stores"), isRedisSynced);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a gateway is told, so that it reaches both through the partitions. */
    Map<String, Object> settings() {
        return Map.of(
                "tollgate.mysql-url",
                mariaDb.url().replace(":" + mariaDb.port() + "/", ":" + beforeMariaDb.port() + "/"),
                "tollgate.mysql-username",
                mariaDb.user(),
                "tollgate.redis-uri",
                "redis://127.0.0.1:" + beforeRedis.port(),
                "tollgate.secret-key",
                KEY);
    }

    /** Everything passes again. */
    void heal() {
        beforeMariaDb.forward();
        beforeRedis.forward();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        heal();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        beforeMariaDb.close();
        beforeRedis.close();
        redis.close();
        mariaDb.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
