package dev.tollgate.bootstrap.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what calls have left behind once none of them runs: slots, holds, and places of keys and users. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration LEASED_AT_MOST = Duration.ofSeconds(LiveStore.LEASE_SECONDS + 10L);
    private static final int TRIES_MAX = 3;
    private static final int UNAVAILABLE = 503;
    /** Above the numbers of all other calls. */
    private static final int FIRST_NUMBER = 1_000_000;

    private final Ground ground;
    private final List<String> found = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger(FIRST_NUMBER);

    private Leftovers(Ground ground) {
        this.ground = ground;
    }

    /** What there is after the leases are over; the calls made to find out are settled afterwards. */
    static List<String> in(Ground ground) {
        Leftovers leftovers = new Leftovers(ground);
        leftovers.awaitSlots();
        leftovers.lookIntoRedis();
        leftovers.fillAll();
        return leftovers.found;
    }

    private void awaitSlots() {
        Instant from = Instant.now();
        try {
            Eventually.holds(
                    "no account runs a call",
                    LEASED_AT_MOST,
                    () -> ground.worlds().stream().allMatch(this::isIdle));
        } catch (AssertionError e) {
            ground.accounts().ids().forEach(id -> found.add(e.getMessage() + ": " + account(ground.world(), id)));
        }
        LOG.info(
                "no slot is leased after {} ms",
                Duration.between(from, Instant.now()).toMillis());
    }

    private boolean isIdle(World world) {
        return world.admin().get("/api/admin/monitor").at("/calls/in_flight").asLong(-1) == 0
                && ground.accounts().ids().stream()
                        .allMatch(id -> account(world, id).get("in_flight").asLong() == 0);
    }

    private static JsonNode account(World world, long id) {
        return world.admin().get("/api/admin/accounts/" + id);
    }

    private void lookIntoRedis() {
        if (ground.isEmbedded()) {
            return;
        }
        try (RedisInside redis = RedisInside.of(ground.redis())) {
            redis.kept().forEach(kept -> found.add("kept in Redis: " + kept));
        }
    }

    /** All at once, as each takes some seconds. */
    private void fillAll() {
        List<Purse> limited = ground.purses().all().stream()
                .filter(purse -> purse.callsAtOnce() > 0)
                .toList();
        inParallel(limited, this::fill).forEach(found::addAll);
    }

    /** As many calls at once as the limit allows: a place that was not given back would be missing. */
    private List<String> fill(Purse purse) {
        List<Heard> refused = List.of();
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            List<Integer> calls =
                    IntStream.range(0, purse.callsAtOnce()).boxed().toList();
            refused = inParallel(calls, call -> call(purse, numbers.getAndIncrement())).stream()
                    .filter(heard -> !heard.isComplete())
                    .toList();
            if (refused.stream().noneMatch(heard -> heard.status() == UNAVAILABLE)) {
                break;
            }
        }
        return refused.isEmpty()
                ? List.of()
                : List.of(refused.size() + " of " + purse.callsAtOnce() + " calls at once are refused to "
                        + purse.name() + ": " + refused.getFirst());
    }

    private Heard call(Purse purse, int number) {
        List<GatewayProcess> gateways = ground.gateways();
        return WireCall.make(gateways.get(number % gateways.size()).uri(), purse.key(), Wish.lasting(number));
    }

    private static <T, R> List<R> inParallel(List<T> all, Function<T, R> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> under = all.stream()
                    .map(each -> threads.submit(() -> work.apply(each)))
                    .toList();
            List<R> done = new ArrayList<>();
            for (Future<R> each : under) {
                done.add(each.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
