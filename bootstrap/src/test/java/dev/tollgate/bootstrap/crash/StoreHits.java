package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.crash.Hit.Struck;
import dev.tollgate.bootstrap.crash.Hit.Target;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What is done to Redis and to MariaDB. */
final class StoreHits {
    private static final Duration REDIS_BACK_WITHIN = CrashRuns.patience(Duration.ofSeconds(5));
    private static final int REDIS_DOWN_MILLIS = 1500;
    private static final int MARIADB_DOWN_MILLIS = 2500;

    /** What an append-only file synced every second may lose with its host. */
    private static final Duration UNSYNCED = Duration.ofSeconds(1);

    private static final Duration SLOWER = Duration.ofMillis(20);

    private StoreHits() {}

    /** {@code kill -9} of Redis, which is away for a moment and comes back with its append-only file. */
    static Hit redisKill() {
        return Hit.named("redis kill", (ground, random) -> {
            Instant from = Instant.now();
            ground.redis().kill();
            Eventually.pause(Duration.ofMillis(random.nextInt(REDIS_DOWN_MILLIS)));
            ground.redis().startAgain();
            return ground.afterRedis(from, Instant.now(), REDIS_BACK_WITHIN);
        });
    }

    /** Redis' host dies: what it wrote in the last second is gone from some point on. */
    static Hit redisHostLoss() {
        return Hit.named("redis host loss", (ground, random) -> {
            Path file = ground.redis().appendOnlyFile();
            long synced = size(file);
            Eventually.pause(UNSYNCED);
            Instant from = Instant.now();
            ground.redis().kill();
            cut(file, synced, random);
            ground.redis().startAgain();
            return ground.afterRedis(from, Instant.now(), REDIS_BACK_WITHIN);
        });
    }

    /** {@code kill -9} of MariaDB, which recovers what was committed; no caller may notice. */
    static Hit mariaDbKill() {
        return Hit.named("mariadb kill", (ground, random) -> {
            ground.awaitWarm();
            Instant from = Instant.now();
            ground.mariaDb().kill();
            Eventually.pause(Duration.ofMillis(random.nextInt(MARIADB_DOWN_MILLIS)));
            ground.mariaDb().startAgain();
            return afterMariaDb(ground, from);
        });
    }

    /** Both are killed and stay away. */
    static Hit bothKill(Duration away) {
        return Hit.named("both kill", (ground, random) -> {
            Instant from = Instant.now();
            ground.redis().kill();
            ground.mariaDb().kill();
            Eventually.pause(away);
            if (random.nextBoolean()) {
                ground.mariaDb().startAgain();
                ground.redis().startAgain();
            } else {
                ground.redis().startAgain();
                ground.mariaDb().startAgain();
            }
            return ground.afterRedis(from, Instant.now(), REDIS_BACK_WITHIN);
        });
    }

    /** SIGSTOP of Redis, and SIGCONT after a while. */
    static Hit redisFreeze(Duration least, Duration most) {
        return Hit.named("redis freeze", (ground, random) -> {
            Instant from = Instant.now();
            ground.redis().freeze();
            Eventually.pause(GatewayHits.between(least, most, random));
            ground.redis().thaw();
            return ground.afterRedis(from, Instant.now(), REDIS_BACK_WITHIN);
        });
    }

    /** SIGSTOP of MariaDB, and SIGCONT after a while; no caller may notice. */
    static Hit mariaDbFreeze(Duration least, Duration most) {
        return Hit.named("mariadb freeze", (ground, random) -> {
            ground.awaitWarm();
            Instant from = Instant.now();
            ground.mariaDb().freeze();
            Eventually.pause(GatewayHits.between(least, most, random));
            ground.mariaDb().thaw();
            return afterMariaDb(ground, from);
        });
    }

    /** The network between the gateways and Redis does one of the things networks do, and then is well again. */
    static Hit redisPartition(Duration least, Duration most) {
        return Hit.named("redis partition", (ground, random) -> {
            Instant from = Instant.now();
            disturb(ground.redisNetwork(), random);
            Eventually.pause(GatewayHits.between(least, most, random));
            ground.redisNetwork().forward();
            return ground.afterRedis(from, Instant.now(), REDIS_BACK_WITHIN);
        });
    }

    /** As {@link #redisPartition}, before MariaDB; no caller may notice. */
    static Hit mariaDbPartition(Duration least, Duration most) {
        return Hit.named("mariadb partition", (ground, random) -> {
            ground.awaitWarm();
            Instant from = Instant.now();
            disturb(ground.mariaDbNetwork(), random);
            Eventually.pause(GatewayHits.between(least, most, random));
            ground.mariaDbNetwork().forward();
            return afterMariaDb(ground, from);
        });
    }

    private static void disturb(Partition network, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> network.drop();
            case 1 -> network.dropAnswers();
            case 2 -> network.reject();
            case 3 -> network.halfOpen();
            default -> network.delay(SLOWER);
        }
    }

    private static Struck afterMariaDb(Ground ground, Instant from) {
        Instant up = Instant.now();
        Duration drained = ground.awaitDrained();
        return new Struck(List.of(new Window(Target.MARIADB, from, up)), drained);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that Redis began anew meanwhile is left as it is. */
    private static void cut(Path file, long synced, Random random) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long unsynced = channel.size() - synced;
            if (unsynced > 0) {
                FileChannel unused = channel.truncate(synced + random.nextLong(unsynced));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
