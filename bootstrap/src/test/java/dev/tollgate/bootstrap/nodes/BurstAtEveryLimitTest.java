package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.limits.HoldingUpstream;
import dev.tollgate.bootstrap.limits.Limit;
import dev.tollgate.bootstrap.limits.Wire;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many calls at once through two gateways against each limit: nothing above it gets through, nothing below it is refused.
 * Whatever runs is held back until every other call has its answer, so that what is reserved is all there is.
 *
 * <p>A hundred calls in every build; {@code -Pburst} makes them as many as {@code -Dtollgate.burst.calls} says.
 */
@Timeout(600)
class BurstAtEveryLimitTest {
    private static final int CALLS = Integer.getInteger("tollgate.burst.calls", 100);
    private static final int FITTING = 7;
    private static final int SERVED = 200;
    private static final int UNPAID = 402;
    private static final int UNAVAILABLE = 503;
    private static final int SECONDS_A_BURST_TAKES = 10 + CALLS / 20;

    /** Bursts against a limit by the minute, of which a slow machine may take some across a minute's end. */
    private static final int BURSTS_MAX = 3;

    private static final Duration NEWS_WITHIN = Duration.ofSeconds(30);
    private static final AtomicInteger POOR = new AtomicInteger();
    private static final String MODEL = "shared";

    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static World world;
    private static HoldingUpstream upstream;

    @BeforeAll
    static void start() throws IOException {
        nodes = Nodes.start(folder, 2);
        world = nodes.world(0);
        upstream = new HoldingUpstream();
        world.account("openai", upstream.uri(), Map.of("allowed_models", List.of(MODEL)));
        world.model(MODEL, "openai", "0", "100");
        awaitServed(MODEL);
    }

    @AfterAll
    static void stop() {
        upstream.close();
        nodes.close();
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void lets_through_what_fits_and_nothing_more(Limit limit) throws Exception {
        Limit.Caller caller;
        Burst burst;
        int bursts = 0;
        do {
            assertThat(bursts++).as("bursts across a minute's end").isLessThan(BURSTS_MAX);
            caller = limit.allowingAtOnce(FITTING, world, limit + "-burst-" + bursts, MODEL, upstream.uri());
            awaitServed(caller.model());
            if (limit.isByTheMinute()) {
                Eventually.holds("a minute is young", Duration.ofMinutes(2), BurstAtEveryLimitTest::isEarlyInAMinute);
            }
            burst = burst(caller, limit.status());
        } while (limit.isByTheMinute() && burst.isSplit());
        String about = limit + " in a burst of " + CALLS + ": " + burst;
        org.slf4j.LoggerFactory.getLogger(BurstAtEveryLimitTest.class).info("{}", about);

        assertThat(burst.runningMost()).as("%s", about).isEqualTo(burst.served());
        assertThat(burst.served()).as("%s", about).isLessThanOrEqualTo(FITTING);
        // only a call the store did not answer in time may have taken what none was served by
        assertThat(burst.served() + burst.unavailable()).as("%s", about).isGreaterThanOrEqualTo(FITTING);
        nodes.audit(0);
        assertAfterwards(limit, caller, FITTING - burst.served());
    }

    /**
     * What came of the calls.
     *
     * @param isSplit whether a minute ended meanwhile, so that what fits in one fitted twice
     */
    private record Burst(int served, int refused, int unavailable, int runningMost, boolean isSplit) {}

    private static Burst burst(Limit.Caller caller, int refusal) throws Exception {
        Instant minute = minute();
        upstream.hold();
        List<Future<Answered>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int call = 0; call < CALLS; call++) {
                int number = call;
                calls.add(threads.submit(() -> call(caller, number)));
            }
            Eventually.holds(
                    "nobody waits any more",
                    Duration.ofSeconds(80),
                    () -> calls.stream().filter(call -> !call.isDone()).count() == upstream.held());
            upstream.letGo();
        } finally {
            upstream.letGo();
        }
        int served = 0;
        int unavailable = 0;
        for (Future<Answered> call : calls) {
            Answered answer = call.get();
            assertThat(answer.status()).as("%s", answer.text()).isIn(SERVED, refusal, UNAVAILABLE);
            served += answer.status() == SERVED ? 1 : 0;
            unavailable += answer.isOfTheStore() ? 1 : 0;
        }
        int refused = CALLS - served - unavailable;
        return new Burst(served, refused, unavailable, upstream.heldMost(), !minute.equals(minute()));
    }

    private static Instant minute() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES);
    }

    /**
     * What a caller was told.
     *
     * @param isOfTheStore whether the store did not answer in time
     */
    private record Answered(int status, boolean isOfTheStore, String text) {
        static Answered of(HttpResponse<byte[]> answer) {
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return new Answered(answer.statusCode(), Caller.isUnadmitted(answer), text);
        }
    }

    /**
     * Calls at once have ended, a budget is used up, and so is whatever lasts longer than a minute.
     *
     * @param room what fits still, because the store did not answer all of the burst in time
     */
    private static void assertAfterwards(Limit limit, Limit.Caller caller, int room) {
        if (limit.isOfCallsAtOnce()) {
            Eventually.holds("there is room again", NEWS_WITHIN, () -> status(caller, 0) == SERVED);
        } else if (!limit.isByTheMinute()) {
            int served = 0;
            for (int call = 0; call < room + 2; call++) {
                int number = call;
                var answer = Answered.of(Caller.admitted(() -> answer(caller, number)));
                assertThat(answer.status()).as("%s: %s", limit, answer).isIn(SERVED, limit.status());
                assertThat(answer.isOfTheStore()).as("%s: %s", limit, answer).isFalse();
                served += answer.status() == SERVED ? 1 : 0;
            }
            assertThat(served).as("%s afterwards", limit).isLessThanOrEqualTo(room);
        }
    }

    private static boolean isEarlyInAMinute() {
        return Clock.systemUTC().instant().atZone(ZoneOffset.UTC).getSecond() < 60 - SECONDS_A_BURST_TAKES;
    }

    private static int status(Limit.Caller caller, int node) {
        return call(caller, node).status();
    }

    private static Answered call(Limit.Caller caller, int node) {
        return Answered.of(answer(caller, node));
    }

    private static HttpResponse<byte[]> answer(Limit.Caller caller, int node) {
        return Wire.CHAT.call(nodes.get(node % 2).uri(), caller.key(), caller.model());
    }

    private static void awaitServed(String model) {
        long user = world.user("poor-" + POOR.incrementAndGet(), "0");
        Limit.Caller poor = new Limit.Caller(world.key(user, Map.of()), model);
        for (int node = 0; node < 2; node++) {
            int asked = node;
            Eventually.holds("the node knows the model", NEWS_WITHIN, () -> status(poor, asked) == UNPAID);
        }
    }
}
