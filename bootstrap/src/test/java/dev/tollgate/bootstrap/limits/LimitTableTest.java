package dev.tollgate.bootstrap.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GivenClock;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit, by what fits below it and at it and by what is above it, told in every dialect; and nothing left held. */
class LimitTableTest {
    private static final int FITTING = 3;
    private static final int SERVED = 200;
    private static final String MODEL = "shared";
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(20);
    private static final AtomicInteger POOR = new AtomicInteger();
    private static final GivenClock CLOCK = new GivenClock();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(settings());

    private static HoldingUpstream upstream;

    private static Map<String, Object> settings() {
        CLOCK.set(DAY.plus(Duration.ofHours(10)));
        Map<String, Object> settings = new HashMap<>(CLOCK.setting());
        settings.put("tollgate.auth.access-token-ttl", "1d");
        return settings;
    }

    @BeforeAll
    static void serve() throws IOException {
        upstream = new HoldingUpstream();
        SERVER.world().account("openai", upstream.uri(), Map.of("allowed_models", List.of(MODEL)));
        SERVER.world().model(MODEL, "openai", "0", "100");
        SERVER.admin().put("/api/admin/configs", Map.of("scheduler.slot_wait", "500ms"));
        awaitServed(MODEL);
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    /** A test that begins late in a minute would see two of them. */
    @BeforeEach
    void begin_early_in_a_minute() {
        Instant now = CLOCK.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (Duration.between(minute, now).compareTo(Duration.ofSeconds(25)) > 0) {
            CLOCK.set(minute.plus(Duration.ofMinutes(1)));
        }
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(Limit.values())
                .flatMap(limit -> Arrays.stream(Wire.values()).map(wire -> Arguments.of(limit, wire)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("rows")
    void serves_what_is_below_it_and_at_it_and_refuses_what_is_above(Limit limit, Wire wire) throws Exception {
        String name = (limit + "-" + wire).toLowerCase(Locale.ROOT);
        Limit.Caller caller = limit.allowing(FITTING, SERVER.world(), name, MODEL, upstream.uri());
        awaitServed(caller.model());

        HttpResponse<byte[]> refused = limit.isOfCallsAtOnce() ? oneMoreAtOnce(wire, caller) : oneMore(wire, caller);

        String told = wire.refused(refused, limit.refusal());
        assertThat(told).contains(limit.words());
        String used = limit.usedAfter(FITTING);
        if (used != null) {
            assertThat(told).contains(used);
        }
        Instant resets = resets(limit.resets());
        assertThat(told).matches(resets == null ? "(?s)(?!.*resets at).*" : "(?s).*It resets at " + resets + "\\..*");
        if (limit.isByTheMinute()) {
            long wait =
                    Long.parseLong(refused.headers().firstValue("retry-after").orElseThrow());
            assertThat(wait).isBetween(1L, 61L);
        }
    }

    private static HttpResponse<byte[]> oneMore(Wire wire, Limit.Caller caller) {
        for (int call = 0; call < FITTING; call++) {
            assertServed(wire.call(SERVER.uri(), caller.key(), caller.model()));
        }
        return wire.call(SERVER.uri(), caller.key(), caller.model());
    }

    /** Once the others have ended there is room again. */
    private static HttpResponse<byte[]> oneMoreAtOnce(Wire wire, Limit.Caller caller) throws Exception {
        upstream.hold();
        HttpResponse<byte[]> refused;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> running = new ArrayList<>();
            for (int call = 0; call < FITTING; call++) {
                running.add(threads.submit(() -> wire.call(SERVER.uri(), caller.key(), caller.model())));
            }
            Eventually.holds("they run at once", NEWS_WITHIN, () -> upstream.held() == FITTING);
            refused = wire.call(SERVER.uri(), caller.key(), caller.model());
            upstream.letGo();
            for (Future<HttpResponse<byte[]>> call : running) {
                assertServed(call.get());
            }
        } finally {
            upstream.letGo();
        }
        assertServed(wire.call(SERVER.uri(), caller.key(), caller.model()));
        return refused;
    }

    private static @Nullable Instant resets(Limit.Resets resets) {
        return switch (resets) {
            case MINUTE -> CLOCK.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
            case DAY -> DAY.plus(Duration.ofDays(1));
            case MONTH -> Instant.parse("2026-12-01T00:00:00Z");
            case NEVER -> null;
        };
    }

    /** A caller without money is refused for that once the model and an account for it are known. */
    private static void awaitServed(String model) {
        long user = SERVER.world().user("poor-" + POOR.incrementAndGet(), "0");
        String penniless = SERVER.world().key(user, Map.of());
        Eventually.holds("the model is served", NEWS_WITHIN, () -> status(Wire.CHAT, penniless, model) == 402);
    }

    private static int status(Wire wire, String key, String model) {
        return wire.call(SERVER.uri(), key, model).statusCode();
    }

    private static void assertServed(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as("%s", new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(SERVED);
    }
}
