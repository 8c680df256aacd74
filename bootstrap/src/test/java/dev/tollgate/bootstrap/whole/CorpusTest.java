package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every recorded exchange through the whole server: the bytes, the token classes, the cost. */
class CorpusTest {
    private static final List<Recording> RECORDINGS = Recording.all();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static CorpusPrices prices;
    private static String key;

    @BeforeAll
    static void set_up() {
        key = SERVER.world().key(SERVER.world().user("ann", "1000000"), Map.of());
        prices = new CorpusPrices(SERVER.admin());
    }

    @AfterAll
    static void forget() {
        prices = null;
    }

    @Test
    void the_corpus_is_there() {
        Assumptions.assumeFalse(
                RECORDINGS.isEmpty(), "skipped: no corpus (set TOLLGATE_CORPUS to the folder of recordings)");
        assertThat(RECORDINGS.stream().filter(each -> CorpusExceptions.reason(each) == null))
                .hasSizeGreaterThan(220);
    }

    @TestFactory
    Stream<DynamicTest> openai_is_relayed_and_billed_as_recorded() {
        return replayed("openai");
    }

    @TestFactory
    Stream<DynamicTest> azure_is_relayed_and_billed_as_recorded() {
        return replayed("azure-openai");
    }

    @TestFactory
    Stream<DynamicTest> anthropic_is_relayed_and_billed_as_recorded() {
        return replayed("anthropic", "anthropic-oauth");
    }

    @TestFactory
    Stream<DynamicTest> gemini_is_relayed_and_billed_as_recorded() {
        return replayed("gemini", "vertex");
    }

    @TestFactory
    Stream<DynamicTest> bedrock_is_relayed_and_billed_as_recorded() {
        return replayed("bedrock");
    }

    /** Replays them all, holds the books against each other once, then looks at each. */
    private static Stream<DynamicTest> replayed(String... platforms) {
        List<Replayed> all = new ArrayList<>();
        RECORDINGS.stream()
                .filter(recording -> Set.of(platforms).contains(recording.platform()))
                .filter(recording -> CorpusExceptions.reason(recording) == null)
                .forEach(recording -> all.add(replay(recording)));
        SERVER.audit();
        Map<String, List<JsonNode>> records = new HashMap<>();
        SERVER.world()
                .records()
                .forEach(record -> records.computeIfAbsent(
                                record.get("request_id").asText(), absent -> new ArrayList<>())
                        .add(record));
        return all.stream()
                .map(replayed -> DynamicTest.dynamicTest(
                        replayed.recording().id(),
                        () -> new CorpusCheck(replayed, records.getOrDefault(replayed.id(), List.of()), prices)
                                .check()));
    }

    /** What came of it. */
    record Replayed(
            Recording recording,
            CorpusCall call,
            HttpResponse<byte[]> answer,
            List<ScriptedUpstream.Received> received) {
        String id() {
            return answer.headers().firstValue("x-request-id").orElseThrow();
        }
    }

    private static Replayed replay(Recording recording) {
        CorpusCall call = CorpusCall.of(recording);
        prices.of(call.model());
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(reply(recording))) {
            Map<String, Object> more = Map.of("allowed_models", List.of("*"), "credentials", call.credentials());
            URI base = URI.create(upstream.baseUrl() + call.basePath());
            long account = SERVER.world().account(call.accountType(), base, more);
            try {
                HttpResponse<byte[]> answer =
                        new Caller(SERVER.uri(), key).post(call.path(), call.headers(recording, key), call.body());
                return new Replayed(recording, call, answer, upstream.received());
            } finally {
                SERVER.admin().delete("/api/admin/accounts/" + account);
            }
        }
    }

    /** The recorded answer with its headers, a stream in pieces of any size. */
    private static ScriptedUpstream.Reply reply(Recording recording) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + recording.status() + " Recorded\r\n");
        head.append("content-type: ").append(recording.contentType()).append("\r\n");
        recording
                .headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] body = recording.body();
        boolean chunked = recording.stream() || recording.api().equals("audio_speech");
        return (request, wire) -> {
            if (!chunked || recording.status() != 200) {
                wire.write(head + "content-length: " + body.length + "\r\n\r\n");
                wire.write(body);
                return;
            }
            wire.write(head + "transfer-encoding: chunked\r\n\r\n");
            for (byte[] piece : Chunking.random(recording.id().hashCode(), 200).pieces(body)) {
                wire.chunk(piece);
            }
            wire.lastChunk();
        };
    }
}
