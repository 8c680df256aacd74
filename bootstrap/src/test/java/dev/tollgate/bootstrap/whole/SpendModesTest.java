package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held in each spend mode is free again, whatever way a call ends. */
class SpendModesTest {
    private static final String CHUNK = "data:"
            + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":33}}\n\ndata: [DONE]\n\n";
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    @ParameterizedTest
    @ValueSource(strings = {"strict", "sliced", "lenient"})
    void a_hold_is_free_after_every_way_out(String mode) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            long account = SERVER.world().account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of());
            SERVER.world().model("held-" + mode, "openai", "1", "75");
            long user = SERVER.world().user("held-" + mode, "0");
            SERVER.world().quota(user, "5", Map.of("spend_mode", mode));
            String key = SERVER.world().key(user, Map.of());
            Caller caller = new Caller(SERVER.uri(), key);
            String streamed = request("held-" + mode, true);
            SERVER.admin().put("/api/admin/configs", Map.of("usage.client_gone_policy", "cancel"));

            upstream.then((request, wire) -> stream(wire, CHUNK, END));
            assertThat(text(caller, streamed)).contains("[DONE]");
            assertThat(held(user)).isEqualTo("0");
            upstream.then((request, wire) -> stream(wire, CHUNK, ""));
            assertThat(text(caller, streamed)).contains("before it was complete");
            assertThat(held(user)).isEqualTo("0");
            upstream.then((request, wire) -> {
                wire.write(Replies.streamHead());
                wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
                wire.close();
            });
            assertThat(text(caller, streamed)).contains("broke off");
            assertThat(held(user)).isEqualTo("0");
            upstream.then(DearAnswers::asDearAsAllowed);
            assertThat(text(caller, request("held-" + mode, false))).contains("completion_tokens");
            assertThat(held(user)).isEqualTo("0");
            upstream.then(Replies.json(400, "{\"error\":{\"message\":\"no\"}}"));
            assertThat(text(caller, streamed)).contains("error");
            assertThat(held(user)).isEqualTo("0");
            upstream.then((request, wire) -> {
                wire.write(Replies.streamHead());
                wire.chunk(CHUNK.getBytes(StandardCharsets.UTF_8));
                wire.hang();
            });
            leaveAfterTheFirstWord(key, streamed);
            upstream.then((request, wire) -> wire.reset());
            assertThat(text(caller, streamed)).contains("error");
            SERVER.admin().delete("/api/admin/accounts/" + account);
            assertThat(text(caller, streamed)).contains("No upstream account");
            SERVER.admin().put("/api/admin/configs", Map.of("usage.client_gone_policy", "drain"));
            Eventually.holds("nothing is held", SOON, () -> held(user).equals("0"));
        }
    }

    /** A lenient package with anything left carries the call, the answer comes whole, and only the next call waits for money. */
    @Test
    void a_lenient_call_finishes_and_the_next_is_refused_until_there_is_money() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering((request, wire) -> stream(wire, CHUNK, END))) {
            offer(upstream, "lenient-model");
            long user = SERVER.world().user("lena", "0");
            SERVER.world().quota(user, "0.01", Map.of("spend_mode", "lenient"));
            Caller caller = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()));

            assertThat(text(caller, request("lenient-model", true))).contains("[DONE]");
            SERVER.audit();
            JsonNode refused = json(caller, request("lenient-model", true));
            assertThat(refused.at("/error/code").asText()).isEqualTo("insufficient_quota");
            assertThat(refused.at("/error/message").asText()).contains("$0.033 of $0.01 used");
            SERVER.world().quota(user, "0.02", Map.of("spend_mode", "lenient"));
            assertThat(text(caller, request("lenient-model", true))).contains("[DONE]");
        }
    }

    /** The package is lenient; a limit of the key is none the less for it, and the answer none the shorter for the package. */
    @Test
    void a_keys_cost_limit_stands_whatever_a_lenient_package_would_carry() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed)) {
            offer(upstream, "lenient-limited");
            long user = SERVER.world().user("lara", "0");
            SERVER.world().quota(user, "0.3", Map.of("spend_mode", "lenient"));
            Caller near = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of("daily_cost_limit", "0.5")));
            Caller far = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of("daily_cost_limit", "50")));

            var lowered = near.call(Dialect.CHAT, request("lenient-limited", false));
            assertThat(lowered.statusCode()).isEqualTo(200);
            assertThat(lowered.headers().firstValue("x-tollgate-max-output")).contains("500");
            JsonNode refused = json(near, request("lenient-limited", false));
            assertThat(refused.at("/error/message").asText()).contains("cost limit of the key");

            long other = SERVER.world().user("lars", "0");
            SERVER.world().quota(other, "0.3", Map.of("spend_mode", "lenient"));
            Caller whole = new Caller(SERVER.uri(), SERVER.world().key(other, Map.of("daily_cost_limit", "50")));
            var answered = whole.call(Dialect.CHAT, request("lenient-limited", false));
            assertThat(answered.headers().firstValue("x-tollgate-max-output")).isEmpty();
            assertThat(json(far, request("lenient-limited", false))
                            .at("/error/message")
                            .asText())
                    .contains("cost limit of the package");
        }
    }

    private static void offer(ScriptedUpstream upstream, String model) {
        SERVER.world()
                .account(
                        "openai",
                        URI.create(upstream.baseUrl() + "/v1"),
                        Map.of("allowed_models", java.util.List.of(model)));
        SERVER.world().model(model, "openai", "0", "1000");
    }

    private static void stream(ScriptedUpstream.Wire wire, String... events) throws IOException {
        wire.write(Replies.streamHead());
        for (String event : events) {
            if (!event.isEmpty()) {
                wire.chunk(event.getBytes(StandardCharsets.UTF_8));
            }
        }
        wire.lastChunk();
    }

    private static String request(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":1000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private static String text(Caller caller, String request) {
        return new String(caller.call(Dialect.CHAT, request).body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(Caller caller, String request) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(caller.call(Dialect.CHAT, request).body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What the user's package holds now. */
    private static String held(long user) {
        return SERVER.admin().get("/api/admin/user-packages/user/" + user).findValuesAsText("held").stream()
                .distinct()
                .reduce((one, other) -> one + " " + other)
                .orElse("nothing told");
    }

    private static void leaveAfterTheFirstWord(String key, String request) throws IOException {
        byte[] body = request.getBytes(StandardCharsets.UTF_8);
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
                assertThat(next).as("%s", seen).isNotNegative();
                seen.append((char) next);
            }
        }
    }
}
