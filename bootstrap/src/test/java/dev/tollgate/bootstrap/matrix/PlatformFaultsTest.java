package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.matrix.PlainAsker.Dialect;
import dev.tollgate.bootstrap.matrix.PlatformFault.Asks;
import dev.tollgate.bootstrap.matrix.PlatformFault.End;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.LeakCheck;
import dev.tollgate.upstream.ScriptedUpstream;
import io.netty.util.ResourceLeakDetector;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault on every platform, in the platform's own dialect and in others, streamed and not: the caller is told in
 * its dialect and reads nothing of the account, there is one record with its reason and its cost, and the account's next
 * call is served, on another connection where the last one is not clean. No buffer is lost, and nothing stays held.
 */
@ExtendWith(LeakCheck.class)
class PlatformFaultsTest {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(Map.of(
            "tollgate.timeouts.silence", "2s",
            "tollgate.timeouts.first-byte-streamed", "3s",
            "tollgate.timeouts.first-byte", "3s"));

    private static final ResourceLeakDetector.Level LEVEL_BEFORE = ResourceLeakDetector.getLevel();
    private static final List<FaultLane> LANES = new ArrayList<>();
    private static final ExecutorService CALLERS = Executors.newVirtualThreadPerTaskExecutor();
    private static ScriptedUpstream sound;
    private static PlainAsker asker;

    @BeforeAll
    static void set_up() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        sound = ScriptedUpstream.answering(FaultyWire.good(Map.of()));
        lanes(Provider.CLAUDE, Dialect.MESSAGES, Dialect.CHAT);
        lanes(Provider.CLAUDE_OAUTH, Dialect.MESSAGES, Dialect.GENERATE_CONTENT);
        lanes(Provider.OPENAI, Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES);
        lanes(Provider.AZURE, Dialect.CHAT, Dialect.GENERATE_CONTENT);
        lanes(Provider.GEMINI, Dialect.GENERATE_CONTENT, Dialect.MESSAGES);
        lanes(Provider.BEDROCK, Dialect.MESSAGES, Dialect.CHAT, Dialect.RESPONSES);
        asker = new PlainAsker(SERVER.uri(), SERVER.world().key(SERVER.world().user("ann", "1000"), Map.of()));
    }

    private static void lanes(Provider provider, Dialect... dialects) {
        for (Dialect dialect : dialects) {
            LANES.add(FaultLane.of(provider, dialect, false, SERVER.world(), sound));
            LANES.add(FaultLane.of(provider, dialect, true, SERVER.world(), sound));
        }
    }

    @AfterAll
    static void tear_down() {
        LANES.forEach(lane -> lane.faulty().close());
        sound.close();
        CALLERS.close();
        ResourceLeakDetector.setLevel(LEVEL_BEFORE);
    }

    /** What a lane heard of a fault, and of the call after it. */
    private record Heard(
            FaultLane lane, HttpResponse<byte[]> answer, HttpResponse<byte[]> next, boolean sameConnection) {
        static String id(HttpResponse<byte[]> answer) {
            return answer.headers().firstValue("x-request-id").orElseThrow();
        }

        String text() {
            return new String(answer.body(), UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everywhere(PlatformFault fault) throws InterruptedException {
        List<Heard> all = play(fault);
        SERVER.audit();
        JsonNode records =
                SERVER.admin().get("/api/admin/usage/records?limit=100").get("items");
        List<String> wrong = new ArrayList<>();
        for (Heard heard : all) {
            Throwable failure = catchThrowable(() -> {
                is_told(fault, heard);
                is_recorded(fault, heard, records);
            });
            if (failure != null) {
                wrong.add(heard.lane() + " heard " + heard.text() + "\n" + failure);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Heard> play(PlatformFault fault) throws InterruptedException {
        List<Callable<Heard>> calls = LANES.stream()
                .filter(lane -> fault.concerns(lane.stream()))
                .map(lane -> (Callable<Heard>) () -> play(fault, lane))
                .toList();
        List<Heard> heard = new ArrayList<>();
        for (Future<Heard> call : CALLERS.invokeAll(calls)) {
            try {
                heard.add(call.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        return heard;
    }

    private static Heard play(PlatformFault fault, FaultLane lane) {
        CountDownLatch begun = new CountDownLatch(1);
        if (fault.deed() != null) {
            lane.faulty().then(FaultyWire.reply(fault.deed(), begun), FaultyWire.good(Map.of()));
        }
        HttpResponse<byte[]> answer =
                asker.ask(lane.dialect(), lane.model(fault.asks()), lane.stream(), Map.of(), begun::countDown);
        SERVER.admin().post("/api/admin/accounts/" + lane.faultyAccount() + "/recover", Map.of());
        int connections = lane.faulty().connections();
        HttpResponse<byte[]> next = asker.ask(lane.dialect(), lane.model(Asks.FAULTY), lane.stream());
        return new Heard(lane, answer, next, lane.faulty().connections() == connections);
    }

    private static void is_told(PlatformFault fault, Heard heard) {
        End end = fault.end(heard.lane());
        if (end.http() == 0) {
            assertThat(heard.answer().statusCode()).isGreaterThanOrEqualTo(400);
        } else {
            assertThat(heard.answer().statusCode()).isEqualTo(end.http());
        }
        if (end.isServed()) {
            assertThat(heard.text()).doesNotContain("\"error\":{");
        } else if (end.isCut()) {
            ErrorForm.endsWith(heard.lane().dialect(), heard.text());
        } else {
            ErrorForm.holds(heard.lane().dialect(), heard.answer());
        }
        if (fault != PlatformFault.ERROR_INSIDE_200) {
            assertThat(heard.text()).doesNotContain(FaultyWire.SECRET);
        }
        if (end.retryAfter() != null) {
            assertThat(Integer.parseInt(
                            heard.answer().headers().firstValue("retry-after").orElse("")))
                    .isBetween(end.retryAfter() - 60, end.retryAfter());
        }
        boolean taken = end.isServed() && fault.asks() != Asks.FAULTY;
        assertThat(heard.answer().headers().firstValue("x-tollgate-attempts")).contains(taken ? "2" : "1");
        assertThat(heard.next().statusCode()).isEqualTo(200);
        if (end.dirty()) {
            assertThat(heard.sameConnection()).as("on the same connection").isFalse();
        }
    }

    private static void is_recorded(PlatformFault fault, Heard heard, JsonNode records) {
        JsonNode record = only(records, Heard.id(heard.answer()));
        End end = fault.end(heard.lane());
        assertThat(record.get("status").asText()).isEqualTo(end.recorded());
        assertThat(record.get("http_status").asInt()).isEqualTo(heard.answer().statusCode());
        if (end.isServed() || end.isCut()) {
            assertThat(new BigDecimal(record.get("total_cost").asText())).isPositive();
            assertThat(record.get("output_tokens").asLong()).isPositive();
            if (end.isCut()) {
                assertThat(record.get("usage_source").asText()).isIn("partial", "estimated");
            }
        } else {
            assertThat(record.get("total_cost").asText()).isEqualTo("0");
        }
        JsonNode next = only(records, Heard.id(heard.next()));
        assertThat(next.get("status").asText()).isEqualTo("completed");
        assertThat(next.get("usage_source").asText()).isEqualTo("upstream");
    }

    private static JsonNode only(JsonNode records, String id) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode record : records) {
            if (record.get("request_id").asText().equals(id)) {
                found.add(record);
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
