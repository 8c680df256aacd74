package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that go to a server of the test's own and are read by a fake codec. */
final class FakeCalls {
    private final UpstreamHttp http;
    private final ScriptedUpstream server;
    private final CollectingClient client = new CollectingClient();

    FakeCalls(UpstreamHttp http, ScriptedUpstream server) {
        this.http = http;
        this.server = server;
    }

    Answer send(Calls calls, FakeCodec codec, @Nullable Translation translation) {
        HttpCall call = new HttpCall(Origin.of(server.baseUrl()), null, "/v1/fake", List.of(), "{}".getBytes(UTF_8));
        return http.send(call, calls.request(), codec, translation);
    }

    Calls streamed() {
        return Calls.chat(server.baseUrl()).streamed();
    }

    /** Answers with this and forwards it. */
    StreamEnd forward(Reply reply, FakeCodec codec, @Nullable Translation translation) {
        server.then(reply);
        return ((Answer.Streaming) send(streamed(), codec, translation)).forward(client);
    }

    CollectingClient client() {
        return client;
    }

    String forwarded() {
        return new String(client.body(), UTF_8);
    }

    static String held(StreamEnd end) {
        return new String(end.held(), UTF_8);
    }

    /** A chunked answer of any type; {@code pieces} is one chunk each, reset instead of the last chunk if it is to break. */
    static Reply chunked(String contentType, boolean whole, List<byte[]> pieces) {
        return (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-type: " + contentType + "\r\ntransfer-encoding: chunked\r\n\r\n");
            for (byte[] piece : pieces) {
                wire.chunk(piece);
            }
            if (whole) {
                wire.lastChunk();
            } else {
                wire.close();
            }
        };
    }
}
