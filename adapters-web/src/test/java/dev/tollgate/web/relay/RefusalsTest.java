package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.money.Money;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RefusalsTest {
    private static final RelayServer SERVER = new RelayServer();
    private static final String GEMINI = "/v1beta/models/gpt:generateContent";
    private static final String ANY_BODY = "{\"model\":\"gpt\",\"messages\":[],\"input\":\"Hi\",\"contents\":[]}";

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_API_KEY, 401, invalid_api_key, authentication_error",
        "MODEL_NOT_ALLOWED, 403, model_not_allowed, permission_error",
        "IP_NOT_ALLOWED, 403, ip_not_allowed, permission_error",
        "MODEL_NOT_FOUND, 404, model_not_found, not_found_error",
        "INVALID_REQUEST, 400, invalid_request_error, invalid_request_error",
        "INSUFFICIENT_QUOTA, 402, insufficient_quota, billing_error",
        "RATE_LIMIT_EXCEEDED, 429, rate_limit_exceeded, rate_limit_error",
        "NO_AVAILABLE_ACCOUNT, 503, no_available_account, overloaded_error",
        "UPSTREAM_ERROR, 502, upstream_error, api_error",
        "INTERNAL_ERROR, 500, internal_error, api_error",
        "REQUEST_TOO_LARGE, 413, request_too_large, request_too_large",
        "IDEMPOTENCY_CONFLICT, 409, idempotency_conflict, invalid_request_error",
        "IDEMPOTENCY_KEY_REUSED, 422, idempotency_key_reused, invalid_request_error",
    })
    void have_the_status_and_the_words_of_each_dialect(Code code, int status, String openAi, String anthropic)
            throws Exception {
        SERVER.serve((call, client) -> new RelayOutcome.Refused(CallError.of(code, "Said \"so\"."), List.of()));

        HttpResponse<String> chat = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY);
        HttpResponse<String> messages = SERVER.post(RelayServer.MESSAGES, RelayServer.CHAT_BODY);

        String id = chat.headers().firstValue("x-request-id").orElseThrow();
        assertThat(chat.statusCode()).isEqualTo(status);
        assertThat(chat.headers().firstValue("content-type")).contains("application/json");
        assertThat(chat.body())
                .isEqualTo("{\"error\":{\"message\":\"Said \\\"so\\\". (request id: " + id + ")\",\"type\":\"" + openAi
                        + "\",\"param\":null,\"code\":\"" + openAi + "\"}}");
        assertThat(messages.statusCode()).isEqualTo(status);
        assertThat(messages.body())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"" + anthropic
                        + "\",\"message\":\"Said \\\"so\\\".\"},\"request_id\":\""
                        + messages.headers().firstValue("request-id").orElseThrow() + "\"}");
    }

    @Test
    void say_when_to_come_back_rounded_up() throws Exception {
        HttpResponse<String> response =
                refused(CallError.of(Code.RATE_LIMIT_EXCEEDED, "Slowly.").retryAfter(Duration.ofMillis(1_200)));

        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void say_that_it_is_pointless_to_come_back() throws Exception {
        HttpResponse<String> never = refused(CallError.of(Code.INSUFFICIENT_QUOTA, "Spent."));
        HttpResponse<String> late =
                refused(CallError.of(Code.RATE_LIMIT_EXCEEDED, "Tomorrow.").retryAfter(Duration.ofHours(3)));

        assertThat(never.headers().firstValue("x-should-retry")).contains("false");
        assertThat(late.headers().firstValue("x-should-retry")).contains("false");
        assertThat(late.headers().firstValue("retry-after")).contains("10800");
    }

    /** Clients obey the header before the status: with {@code false} they would not retry what passes by itself. */
    @ParameterizedTest
    @CsvSource({
        "UPSTREAM_ERROR, 500",
        "UPSTREAM_ERROR, 502",
        "UPSTREAM_ERROR, 503",
        "UPSTREAM_ERROR, 504",
        "UPSTREAM_ERROR, 529",
        "UPSTREAM_ERROR, 429",
        "INTERNAL_ERROR, 500",
        "NO_AVAILABLE_ACCOUNT, 503",
        "INVALID_REQUEST, 408",
        "INVALID_REQUEST, 409",
    })
    void leave_it_to_clients_to_try_again_what_may_pass_by_itself(Code code, int status) throws Exception {
        for (HttpResponse<String> response : inEachDialect(code, status)) {
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("retry-after")).isEmpty();
            assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_API_KEY, 401",
        "INSUFFICIENT_QUOTA, 402",
        "MODEL_NOT_ALLOWED, 403",
        "IP_NOT_ALLOWED, 403",
        "MODEL_NOT_FOUND, 404",
        "INVALID_REQUEST, 400",
        "REQUEST_TOO_LARGE, 413",
        "IDEMPOTENCY_CONFLICT, 409",
        "IDEMPOTENCY_KEY_REUSED, 422",
    })
    void tell_clients_not_to_try_again_what_would_be_refused_again(Code code, int status) throws Exception {
        for (HttpResponse<String> response : inEachDialect(code, status)) {
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("x-should-retry")).contains("false");
        }
    }

    @Test
    void let_a_caller_come_back_for_a_call_that_still_runs() throws Exception {
        HttpResponse<String> response =
                refused(CallError.of(Code.IDEMPOTENCY_CONFLICT, "It runs.").retryAfter(Duration.ofSeconds(1)));

        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void keep_the_upstreams_status() throws Exception {
        HttpResponse<String> response =
                refused(new CallError(Code.UPSTREAM_ERROR, 529, "Overloaded.", null, Duration.ofSeconds(7)));

        assertThat(response.statusCode()).isEqualTo(529);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
    }

    @Test
    void pass_the_upstreams_own_words_byte_for_byte() throws Exception {
        String words = "{\n  \"error\": {\"message\": \"zu groß 😀\"}\n}\n";
        AnswerHead head = new AnswerHead(
                422, List.of(new Header("content-type", "application/json"), new Header("content-length", "3")));
        SERVER.serve((call, client) -> new RelayOutcome.Answered(
                head, words.getBytes(UTF_8), null, List.of(new Header("x-tollgate-attempts", "1"))));

        HttpResponse<String> response = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).isEqualTo(words);
        assertThat(response.headers().firstValue("x-tollgate-attempts")).contains("1");
        assertThat(response.headers().firstValue("x-tollgate-cost")).isEmpty();
    }

    @Test
    void are_not_needed_for_an_answer_which_tells_its_cost() throws Exception {
        AnswerHead head = new AnswerHead(200, List.of(new Header("content-type", "application/json")));
        SERVER.serve((call, client) ->
                new RelayOutcome.Answered(head, "{}".getBytes(UTF_8), Money.ofNanos(123_000), List.of()));

        HttpResponse<String> response = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY);

        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("x-tollgate-cost")).contains("0.000123");
    }

    @Test
    void hide_what_went_wrong_inside() throws Exception {
        SERVER.serve((call, client) -> {
            throw new IllegalStateException("secret");
        });

        HttpResponse<String> response = SERVER.post(RelayServer.MESSAGES, RelayServer.CHAT_BODY);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
        assertThat(response.body()).contains("\"api_error\"").doesNotContain("secret");
    }

    @Test
    void come_without_reading_when_there_is_no_key() throws Exception {
        SERVER.calls.clear();

        HttpResponse<String> response = SERVER.send(java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + SERVER.port() + RelayServer.CHAT))
                .POST(BodyPublishers.ofString("not even json")));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("invalid_api_key");
        assertThat(SERVER.calls).isEmpty();
    }

    @Test
    void meet_every_call_while_the_gateway_drains() throws Exception {
        try (RelayServer server = new RelayServer()) {
            server.bean(CallDoor.class).drain();

            HttpResponse<String> response = server.post(RelayServer.CHAT, RelayServer.CHAT_BODY);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
            assertThat(response.headers().firstValue("connection")).contains("close");
            assertThat(server.calls).isEmpty();
            assertThat(server.bean(CallDoor.class).count()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/nothing", "POST, /v1/files", "DELETE, /openai/v1/x/y", "GET, /v1/chat/completions"})
    void name_the_path_that_is_not_there(String method, String path) throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Unknown request URL: " + method + " " + path);
    }

    private static List<HttpResponse<String>> inEachDialect(Code code, int status) throws Exception {
        SERVER.serve((call, client) ->
                new RelayOutcome.Refused(new CallError(code, status, "Said so.", null, null), List.of()));
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (String path : List.of(RelayServer.CHAT, "/v1/responses", RelayServer.MESSAGES, GEMINI)) {
            responses.add(SERVER.post(path, ANY_BODY));
        }
        return responses;
    }

    private static HttpResponse<String> refused(CallError error) throws Exception {
        SERVER.serve((call, client) -> new RelayOutcome.Refused(error, List.of()));
        return SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY);
    }
}
