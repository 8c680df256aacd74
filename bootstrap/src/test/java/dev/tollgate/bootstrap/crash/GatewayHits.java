package dev.tollgate.bootstrap.crash;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.crash.Hit.Struck;
import dev.tollgate.bootstrap.crash.Hit.Target;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What is done to gateways. */
final class GatewayHits {
    /** A process that has just started may be too slow for the stores' deadlines at first. */
    static final Duration WARM = CrashRuns.patience(Duration.ofSeconds(3));

    private static final Duration BACK_WITHIN = CrashRuns.patience(Duration.ofSeconds(10));

    private static final Duration FREED_WITHIN =
            Duration.ofSeconds(LiveStore.LEASE_SECONDS).plus(CrashRuns.patience(Duration.ofSeconds(10)));

    private GatewayHits() {}

    /** {@code kill -9}; it is started again on its folder at once. */
    static Hit kill() {
        return Hit.named("gateway kill", (ground, random) -> {
            GatewayProcess gateway = ground.anyGateway(random);
            Instant from = Instant.now();
            kill(gateway);
            return back(ground, gateway, Target.GATEWAY, from);
        });
    }

    /** {@code kill -9} for as long as it takes another node to free what it held; then it is started again. */
    static Hit death() {
        return Hit.named("node death", (ground, random) -> {
            GatewayProcess gateway = ground.anyGateway(random);
            Instant from = Instant.now();
            kill(gateway);
            Duration freed = awaitFreed(ground);
            ground.require(freed.compareTo(FREED_WITHIN) <= 0, "what a dead node held was freed only after " + freed);
            return new Struck(back(ground, gateway, Target.GATEWAY, from).windows(), freed);
        });
    }

    /** Of what is held now, the dead node's is what is held last: calls of others end in seconds. */
    private static Duration awaitFreed(Ground ground) {
        Instant died = Instant.now();
        try (RedisInside redis = RedisInside.of(ground.redis())) {
            Set<String> held = redis.openCalls();
            Eventually.holds(
                    "what a dead node held is freed",
                    FREED_WITHIN.multipliedBy(2),
                    () -> Collections.disjoint(held, redis.openCalls()));
        }
        return Duration.between(died, Instant.now());
    }

    /** SIGTERM: it finishes what it has begun, ends with 0, and is started again. */
    static Hit stop() {
        return Hit.named("gateway stop", (ground, random) -> {
            GatewayProcess gateway = ground.anyGateway(random);
            Instant from = Instant.now();
            int status = terminate(gateway);
            ground.require(status == 0, "a gateway that was told to stop ended with " + status);
            return back(ground, gateway, Target.STOPPED_GATEWAY, from);
        });
    }

    /** SIGSTOP, and SIGCONT after a while. */
    static Hit freeze(Duration least, Duration most) {
        return Hit.named("gateway freeze", (ground, random) -> {
            GatewayProcess gateway = ground.anyGateway(random);
            Instant from = Instant.now();
            gateway.freeze();
            Eventually.pause(between(least, most, random));
            gateway.thaw();
            Instant thawed = Instant.now();
            gateway.awaitReady();
            Instant ready = Instant.now();
            return new Struck(
                    List.of(new Window(Target.GATEWAY, from, ready.plus(WARM))), Duration.between(thawed, ready));
        });
    }

    static Duration between(Duration least, Duration most, Random random) {
        long spread = most.minus(least).toMillis();
        return least.plusMillis(spread == 0 ? 0 : random.nextLong(spread));
    }

    private static Struck back(Ground ground, GatewayProcess gateway, Target target, Instant from) {
        Instant started = Instant.now();
        startAgain(gateway);
        Instant ready = Instant.now();
        Duration healthy = Duration.between(started, ready);
        ground.require(healthy.compareTo(BACK_WITHIN) <= 0, "a gateway was back only after " + healthy);
        return new Struck(List.of(new Window(target, from, ready.plus(WARM))), healthy);
    }

    static void kill(GatewayProcess gateway) {
        try {
            gateway.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int terminate(GatewayProcess gateway) {
        try {
            return gateway.terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void startAgain(GatewayProcess gateway) {
        try {
            gateway.startAgain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
