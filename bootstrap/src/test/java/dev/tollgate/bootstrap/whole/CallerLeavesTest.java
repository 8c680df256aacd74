package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A caller that leaves in the middle: the upstream is read on for its usage, and there is one record. */
class CallerLeavesTest {
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"hello\"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":33}}\n\ndata: [DONE]\n\n";

    /** The gateway notices a broken connection by writing to it. */
    private static final int CHUNKS_TO_NOTICE = 10;

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    @Test
    void the_answer_is_drained_and_billed_in_full() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        JsonNode entry = leave("drained", left, (request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
            await(left);
            for (int written = 0; written < CHUNKS_TO_NOTICE; written++) {
                wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
                Eventually.pause(Duration.ofMillis(100));
            }
            wire.chunk(END.getBytes(StandardCharsets.UTF_8));
            wire.lastChunk();
        });

        assertThat(entry.get("status").asText()).isEqualTo("client_gone");
        assertThat(entry.get("usage_source").asText()).isEqualTo("upstream");
        assertThat(entry.get("output_tokens").asLong()).isEqualTo(33);
    }

    @Test
    void the_upstream_is_cancelled_where_the_operator_wants_that() throws Exception {
        SERVER.admin().put("/api/admin/configs", Map.of("usage.client_gone_policy", "cancel"));
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        JsonNode entry = leave("cancelled", left, (request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
            await(left);
            try {
                while (true) {
                    wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
                    Eventually.pause(Duration.ofMillis(20));
                }
            } catch (IOException closed) {
                cancelled.countDown();
            }
        });
        SERVER.admin().put("/api/admin/configs", Map.of("usage.client_gone_policy", "drain"));

        Eventually.holds("the upstream is told", Duration.ofSeconds(5), () -> cancelled.getCount() == 0);
        assertThat(entry.get("status").asText()).isEqualTo("client_gone");
        assertThat(entry.get("output_tokens").asLong()).isPositive();
    }

    private static JsonNode leave(String name, CountDownLatch left, ScriptedUpstream.Reply reply) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(reply)) {
            long account = SERVER.world().account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of());
            String key = SERVER.world().key(SERVER.world().user(name, "10"), Map.of());
            readOneChunkAndLeave(key);
            left.countDown();
            Eventually.holds(
                    "a record", Duration.ofSeconds(20), () -> !records(name).isEmpty());
            SERVER.audit();
            SERVER.admin().delete("/api/admin/accounts/" + account);
            assertThat(records(name)).hasSize(1);
            return records(name).get(0);
        }
    }

    private static List<JsonNode> records(String username) {
        JsonNode users = SERVER.admin().get("/api/admin/users?search=" + username);
        long user = users.get("items").get(0).get("id").asLong();
        return SERVER.world().records().stream()
                .filter(entry -> entry.get("user_id").asLong() == user)
                .toList();
    }

    private static void readOneChunkAndLeave(String key) throws IOException {
        byte[] body = Caller.request("gpt-4o-mini", true).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(SERVER.uri().getHost(), SERVER.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + key
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("hello") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("no stream: " + seen);
                }
                seen.append((char) next);
            }
        }
    }

    private static void await(CountDownLatch left) {
        try {
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
