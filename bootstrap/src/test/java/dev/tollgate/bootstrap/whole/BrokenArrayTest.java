package dev.tollgate.bootstrap.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream of Gemini's that is a JSON array, broken off in the middle. */
class BrokenArrayTest {
    private static final String CHUNK = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}]}}]}";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    @Test
    void is_still_an_array() throws IOException {
        String key = SERVER.world().key(SERVER.world().user("gem", "100"), Map.of());
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then((request, wire) -> {
                wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
                wire.chunk(("[" + CHUNK + "\n,\r\n{\"cand").getBytes(UTF_8));
                wire.reset();
            });
            long unused = SERVER.world()
                    .account("gemini", URI.create(upstream.baseUrl()), Map.of("allowed_models", List.of("*")));

            HttpResponse<byte[]> answer = new Caller(SERVER.uri(), key)
                    .post(
                            "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
                            Map.of("content-type", "application/json", "x-goog-api-key", key),
                            "{\"contents\":[]}".getBytes(UTF_8));

            JsonNode elements = new ObjectMapper().readTree(answer.body());
            assertThat(elements.isArray()).isTrue();
            assertThat(elements.get(0)).isEqualTo(new ObjectMapper().readTree(CHUNK));
            assertThat(elements.get(1).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
            SERVER.audit();
            assertThat(SERVER.world().records())
                    .extracting(record -> record.get("status").asText())
                    .containsExactly("upstream_error");
        }
    }
}
