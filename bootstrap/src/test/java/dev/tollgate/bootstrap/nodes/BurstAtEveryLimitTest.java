package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.limits.HoldingUpstream;
import dev.tollgate.bootstrap.limits.Limit;
import dev.tollgate.bootstrap.limits.Wire;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
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
@Timeout(300)
class BurstAtEveryLimitTest {
    private static final int CALLS = Integer.getInteger("tollgate.burst.calls", 100);
    private static final int FITTING = 7;
    private static final int SERVED = 200;
    private static final int UNPAID = 402;
    private static final int UNAVAILABLE = 503;
    private static final int SECONDS_A_BURST_TAKES = 10 + CALLS / 20;
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
        Limit.Caller caller = limit.allowingAtOnce(FITTING, world, limit + "-burst", MODEL, upstream.uri());
        awaitServed(caller.model());
        if (limit.isByTheMinute()) {
            Eventually.holds("a minute is young", Duration.ofMinutes(2), BurstAtEveryLimitTest::isEarlyInAMinute);
        }
        Burst burst = burst(caller, limit.status());
        String about = limit + " in a burst of " + CALLS + ": " + burst;
        org.slf4j.LoggerFactory.getLogger(BurstAtEveryLimitTest.class).info("{}", about);

        assertThat(burst.runningMost()).as("%s", about).isEqualTo(burst.served());
        assertThat(burst.served()).as("%s", about).isLessThanOrEqualTo(FITTING);
        // only a call the store did not answer in time may have taken what none was served by
        assertThat(burst.served() + burst.unavailable()).as("%s", about).isGreaterThanOrEqualTo(FITTING);
        nodes.audit(0);
        assertAfterwards(limit, caller);
    }

    private record Burst(int served, int refused, int unavailable, int runningMost) {}

    private static Burst burst(Limit.Caller caller, int refusal) throws Exception {
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
        return new Burst(served, CALLS - served - unavailable, unavailable, upstream.heldMost());
    }

    /** What a caller was told. */
    private record Answered(int status, String text) {
        /** The store did not answer in time. */
        boolean isOfTheStore() {
            return status == UNAVAILABLE && text.contains("cannot admit calls");
        }
    }

    /** Calls at once have ended, a budget is used up, and so is whatever lasts longer than a minute. */
    private static void assertAfterwards(Limit limit, Limit.Caller caller) {
        if (limit.isOfCallsAtOnce()) {
            Eventually.holds("there is room again", NEWS_WITHIN, () -> status(caller, 0) == SERVED);
        } else if (!limit.isByTheMinute()) {
            assertThat(status(caller, 0)).as("%s afterwards", limit).isEqualTo(limit.status());
            assertThat(status(caller, 1)).as("%s afterwards", limit).isEqualTo(limit.status());
        }
    }

    private static boolean isEarlyInAMinute() {
        return Clock.systemUTC().instant().atZone(ZoneOffset.UTC).getSecond() < 60 - SECONDS_A_BURST_TAKES;
    }

    private static int status(Limit.Caller caller, int node) {
        return call(caller, node).status();
    }

    private static Answered call(Limit.Caller caller, int node) {
        HttpResponse<byte[]> answer = Wire.CHAT.call(nodes.get(node % 2).uri(), caller.key(), caller.model());
        return new Answered(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
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
