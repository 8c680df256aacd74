package dev.tollgate.bootstrap.whole;

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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Repeats recorded exchanges through a whole server, against upstreams that answer as recorded. */
final class CorpusReplay {
    private final WholeServer server;
    private final String key;
    private final CorpusPrices prices;

    CorpusReplay(WholeServer server) {
        this.server = server;
        this.key = server.world().key(server.world().user("ann", "1000000"), Map.of());
        this.prices = new CorpusPrices(server.admin());
    }

    /** Repeats them all, holds the books against each other once, then looks at each. */
    Stream<DynamicTest> all(List<Recording> recordings, UnaryOperator<CorpusCall> change) {
        List<Replayed> all = new ArrayList<>();
        recordings.forEach(recording -> all.add(replay(recording, change.apply(CorpusCall.of(recording)))));
        server.audit();
        Map<String, List<JsonNode>> records = new HashMap<>();
        server.world()
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

    /** Repeats a recorded exchange by a call with an account of its own. */
    Replayed replay(Recording recording, CorpusCall call) {
        prices.of(call.model());
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(reply(recording))) {
            Map<String, Object> more = Map.of("allowed_models", List.of("*"), "credentials", call.credentials());
            URI base = URI.create(upstream.baseUrl() + call.basePath());
            long account = server.world().account(call.accountType(), base, more);
            try {
                HttpResponse<byte[]> answer =
                        new Caller(server.uri(), key).post(call.path(), call.headers(recording, key), call.body());
                return new Replayed(recording, call, answer, upstream.received());
            } finally {
                server.admin().delete("/api/admin/accounts/" + account);
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
