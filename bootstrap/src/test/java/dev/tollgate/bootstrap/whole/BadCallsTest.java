package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with a call other than a chat or a message is told the same way; nothing is sent or recorded. */
class BadCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String MODEL = "bad-calls-model";
    private static final String FORM = "multipart/form-data; boundary=frontier";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.answering(Replies.json(200, "{}"));
    private static long user;

    /** A path and what it takes besides the model. */
    private record Route(String path, String rest, boolean isForm, boolean isFree) {
        static Route json(String path, String rest) {
            return new Route(path, rest, false, false);
        }

        String body(String model) {
            return isForm
                    ? "--frontier\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model
                            + "\r\n--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                            + "sound\r\n--frontier--\r\n"
                    : "{\"model\":\"" + model + "\"," + rest + "}";
        }
    }

    private static final List<Route> ROUTES = List.of(
            Route.json("/v1/responses", "\"input\":\"hi\""),
            Route.json("/v1/responses/compact", "\"input\":\"hi\""),
            Route.json("/v1/completions", "\"prompt\":\"hi\""),
            Route.json("/v1/embeddings", "\"input\":\"hi\""),
            Route.json("/v1/images/generations", "\"prompt\":\"a cat\""),
            Route.json("/v1/images/edits", "\"prompt\":\"a cat\",\"images\":[]"),
            new Route("/v1/images/edits", "", true, false),
            Route.json("/v1/audio/speech", "\"input\":\"hi\",\"voice\":\"alloy\""),
            new Route("/v1/audio/transcriptions", "", true, false),
            new Route("/v1/audio/translations", "", true, false),
            new Route("/v1/moderations", "\"input\":\"hi\"", false, true),
            new Route("/v1/messages/count_tokens", "\"messages\":[]", false, true));

    @BeforeAll
    static void set_up() {
        SERVER.world().account("openai", URI.create(UPSTREAM.baseUrl() + "/v1"), Map.of());
        SERVER.world().model(MODEL, "openai", "1", "2");
        user = SERVER.world().user("ann", "10");
    }

    @AfterAll
    static void tear_down() {
        UPSTREAM.close();
    }

    @TestFactory
    Stream<DynamicTest> tells_what_is_wrong_with_a_body() {
        String key = SERVER.world().key(user, Map.of());
        return ROUTES.stream()
                .flatMap(route -> Stream.of(
                        told(route, "a malformed body", key, "{\"model\":", 400, "invalid_request_error"),
                        told(route, "an empty body", key, "", 400, "invalid_request_error"),
                        told(
                                route,
                                "a model that is none",
                                key,
                                route.body("\u0007").replace("\u0007", "\\u0007"),
                                400,
                                "invalid_request_error")))
                .filter(test -> !test.getDisplayName().contains("form: a model that is none"));
    }

    @TestFactory
    Stream<DynamicTest> tells_that_a_model_is_not_known() {
        String key = SERVER.world().key(user, Map.of());
        return ROUTES.stream()
                .filter(route -> !route.path().endsWith("moderations"))
                .map(route ->
                        told(route, "an unknown model", key, route.body("no-such-model"), 404, "model_not_found"));
    }

    @TestFactory
    Stream<DynamicTest> tells_what_a_key_may_not() {
        String narrow = SERVER.world().key(user, Map.of("allowed_models", List.of("something-else")));
        return ROUTES.stream()
                .flatMap(route -> Stream.of(
                        told(route, "an unknown key", "tg-nobody", route.body(MODEL), 401, "invalid_api_key"),
                        told(route, "a forbidden model", narrow, route.body(MODEL), 403, "model_not_allowed")));
    }

    @TestFactory
    Stream<DynamicTest> tells_that_nothing_is_left_to_pay_with() {
        String poor = SERVER.world().key(SERVER.world().user("poor", "0"), Map.of());
        return ROUTES.stream()
                .filter(route -> !route.isFree())
                .map(route -> told(route, "an empty wallet", poor, route.body(MODEL), 402, "insufficient_quota"));
    }

    private static DynamicTest told(Route route, String name, String key, String body, int status, String code) {
        String label = route.path() + (route.isForm() ? " form: " : ": ") + name;
        return DynamicTest.dynamicTest(label, () -> {
            HttpResponse<byte[]> answer = post(route, key, body);
            JsonNode said = JSON.readTree(answer.body());
            boolean isAnthropic = route.path().contains("/messages/");
            assertThat(answer.statusCode()).as("%s", said).isEqualTo(status);
            assertThat(said.at(isAnthropic ? "/error/type" : "/error/code").asText())
                    .isEqualTo(isAnthropic ? anthropic(code) : code);
            assertThat(said.at("/error/message").asText()).isNotBlank();
            assertThat(answer.headers().firstValue("x-request-id")).isPresent();
            assertThat(UPSTREAM.received()).isEmpty();
            assertThat(SERVER.world().records()).isEmpty();
        });
    }

    private static String anthropic(String code) {
        return switch (code) {
            case "invalid_api_key" -> "authentication_error";
            case "model_not_allowed" -> "permission_error";
            case "model_not_found" -> "not_found_error";
            default -> code;
        };
    }

    private static HttpResponse<byte[]> post(Route route, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(SERVER.uri().resolve(route.path()))
                .header("content-type", route.isForm() ? FORM : "application/json")
                .header("x-api-key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofByteArray());
    }
}
