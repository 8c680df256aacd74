package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller gets wrong is answered in its own dialect; nothing is sent and nothing is charged. */
class BadInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Dialect, String> MODELS =
            Map.of(Dialect.CHAT, "gpt-4o-mini", Dialect.MESSAGES, "claude-sonnet-4-5");

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.answering(Replies.json(200, "{}"));
    private static long user;

    @BeforeAll
    static void set_up() {
        SERVER.world().account("openai", URI.create(UPSTREAM.baseUrl() + "/v1"), Map.of());
        SERVER.world().account("claude", URI.create(UPSTREAM.baseUrl()), Map.of());
        user = SERVER.world().user("ann", "10");
    }

    @AfterAll
    static void tear_down() {
        UPSTREAM.close();
    }

    /** What is asked, and what it is told. */
    private record Case(String name, String body, int status, String chatCode, String messagesType) {}

    private static List<Case> cases(String model) {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return List.of(
                malformed("malformed JSON", "{\"model\":"),
                malformed("not an object", "[]"),
                malformed("empty", ""),
                malformed("no model", "{\"max_tokens\":10," + messages + "}"),
                malformed("a model that is a number", "{\"model\":7,\"max_tokens\":10," + messages + "}"),
                malformed(
                        "stream as text",
                        "{\"model\":\"" + model + "\",\"max_tokens\":10,\"stream\":\"yes\"," + messages + "}"),
                malformed("a negative bound", "{\"model\":\"" + model + "\",\"max_tokens\":-1," + messages + "}"),
                malformed(
                        "a bound beyond numbers",
                        "{\"model\":\"" + model + "\",\"max_tokens\":9223372036854775808," + messages + "}"),
                malformed(
                        "a member twice",
                        "{\"model\":\"" + model + "\",\"model\":\"x\",\"max_tokens\":10," + messages + "}"),
                new Case(
                        "an unknown model",
                        Caller.request("no-such-model", false),
                        404,
                        "model_not_found",
                        "not_found_error"));
    }

    private static Case malformed(String name, String body) {
        return new Case(name, body, 400, "invalid_request_error", "invalid_request_error");
    }

    @TestFactory
    Stream<DynamicTest> answers_in_the_callers_dialect() {
        String key = SERVER.world().key(user, Map.of());
        return Stream.of(Dialect.values())
                .flatMap(dialect -> cases(MODELS.get(dialect)).stream()
                        .map(one -> DynamicTest.dynamicTest(dialect + ": " + one.name(), () -> {
                            HttpResponse<byte[]> answer = new Caller(SERVER.uri(), key).call(dialect, one.body());
                            check(dialect, answer, one.status(), one.chatCode(), one.messagesType());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> refuses_keys_that_may_not() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.of(
                        refused(dialect, "an unknown key", "tg-nobody", 401, "invalid_api_key", "authentication_error"),
                        refused(
                                dialect,
                                "a disabled key",
                                key(Map.of("status", "disabled")),
                                401,
                                "invalid_api_key",
                                "authentication_error"),
                        refused(
                                dialect,
                                "an expired key",
                                key(Map.of(
                                        "expires_at",
                                        Instant.now().minusSeconds(60).toString())),
                                401,
                                "invalid_api_key",
                                "authentication_error"),
                        refused(
                                dialect,
                                "a model the key may not use",
                                key(Map.of("allowed_models", List.of("something-else"))),
                                403,
                                "model_not_allowed",
                                "permission_error"),
                        refused(
                                dialect,
                                "an address the key may not be used from",
                                key(Map.of("allowed_ips", List.of("203.0.113.0/24"))),
                                403,
                                "ip_not_allowed",
                                "permission_error"),
                        refused(
                                dialect,
                                "an exhausted package",
                                exhausted(dialect),
                                402,
                                "insufficient_quota",
                                "billing_error")));
    }

    private static String key(Map<String, Object> more) {
        return SERVER.world().key(user, more);
    }

    private static String exhausted(Dialect dialect) {
        long poor = SERVER.world().user("poor-" + dialect, "0");
        long userPackage = SERVER.world().quota(poor, "0.000000001", Map.of());
        return SERVER.world().key(poor, Map.of("user_package_id", userPackage));
    }

    private static DynamicTest refused(
            Dialect dialect, String name, String key, int status, String chatCode, String messagesType) {
        return DynamicTest.dynamicTest(dialect + ": " + name, () -> {
            HttpResponse<byte[]> answer =
                    new Caller(SERVER.uri(), key).call(dialect, Caller.request(MODELS.get(dialect), false));
            check(dialect, answer, status, chatCode, messagesType);
        });
    }

    @Test
    void refuses_a_body_of_33_mib() throws IOException {
        byte[] large = new byte[33 * 1024 * 1024];
        java.util.Arrays.fill(large, (byte) ' ');
        for (Dialect dialect : Dialect.values()) {
            HttpResponse<byte[]> answer =
                    new Caller(SERVER.uri(), key(Map.of())).call(dialect, BodyPublishers.ofByteArray(large));
            check(dialect, answer, 413, "request_too_large", "request_too_large");
        }
    }

    private static void check(
            Dialect dialect, HttpResponse<byte[]> answer, int status, String chatCode, String messagesType)
            throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as("%s", body).isEqualTo(status);
        String told = dialect == Dialect.CHAT
                ? body.at("/error/code").asText()
                : body.at("/error/type").asText();
        assertThat(told).as("%s", body).isEqualTo(dialect == Dialect.CHAT ? chatCode : messagesType);
        assertThat(body.at("/error/message").asText()).isNotBlank();
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(UPSTREAM.received()).isEmpty();
        assertThat(SERVER.world().records()).isEmpty();
    }
}
