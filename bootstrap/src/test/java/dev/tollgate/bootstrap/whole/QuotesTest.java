package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A quote tells what the call then meets, and changes nothing. */
@Timeout(120)
class QuotesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "quoted";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ANSWER = """
        {"id":"c","object":"chat.completion","created":1,"model":"quoted","choices":[{"index":0,\
        "message":{"role":"assistant","content":"Hello there."},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}}\
        """;

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final ExecutorService CALLERS = Executors.newVirtualThreadPerTaskExecutor();

    private static ScriptedUpstream upstream;
    private static long preferred;

    private static volatile CountDownLatch arrived = new CountDownLatch(0);
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    @BeforeAll
    static void an_upstream_whose_answers_can_be_kept_back() throws IOException {
        upstream = ScriptedUpstream.start();
        upstream.then((request, wire) -> {
            arrived.countDown();
            try {
                assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Replies.json(200, ANSWER).answer(request, wire);
        });
        URI server = URI.create(upstream.baseUrl() + "/v1");
        long second = SERVER.world().account("openai", server, Map.of("name", "second", "priority", 5));
        preferred = SERVER.world().account("openai", server, Map.of("name", "first", "priority", 1));
        assertThat(preferred).isNotEqualTo(second);
        SERVER.world().model(MODEL, "openai", "1", "10");
    }

    @AfterAll
    static void stop() throws IOException {
        CALLERS.close();
        upstream.close();
    }

    enum Spoken {
        CHAT("chat", "/v1/chat/completions", """
            {"model":"quoted","max_tokens":100,"messages":[{"role":"user","content":"Say hello, \u00fc."}]}\
            """),
        MESSAGES("messages", "/v1/messages", """
            {"model":"quoted","max_tokens":100,"messages":[{"role":"user","content":"Say hello."}]}\
            """),
        RESPONSES("responses", "/v1/responses", """
            {"model":"quoted","max_output_tokens":100,"input":"Say hello."}\
            """),
        GEMINI("generate_content", "/v1beta/models/quoted:generateContent", """
            {"contents":[{"role":"user","parts":[{"text":"Say hello."}]}],\
            "generationConfig":{"maxOutputTokens":100}}\
            """);

        private final String dialect;
        private final String path;
        private final String body;

        Spoken(String dialect, String path, String body) {
            this.dialect = dialect;
            this.path = path;
            this.body = body;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_quote_is_what_the_call_then_meets(Spoken spoken) throws Exception {
        long user = SERVER.world().user("quoted-" + spoken.dialect, "1");
        Key key = key(user, Map.of("rpm_limit", 100, "daily_cost_limit", "0.5"));
        JsonNode body = JSON.readTree(spoken.body);

        JsonNode first = quote(spoken, key, body);
        LiveStore liveStore = SERVER.bean(LiveStore.class);
        int shard = Math.toIntExact(user % liveStore.shards());
        var before = liveStore.snapshot(shard, liveStore.subjects(shard));
        JsonNode quote = quote(spoken, key, body);
        assertThat(quote.get("hold")).isEqualTo(first.get("hold"));
        assertThat(liveStore.snapshot(shard, liveStore.subjects(shard))).isEqualTo(before);
        assertThat(liveStore.openHolds()).isZero();

        assertThat(quote.get("refusal").isNull()).as("%s", quote).isTrue();
        assertThat(quote.at("/account/id").asLong()).isEqualTo(preferred);
        assertThat(quote.at("/payer/type").asText()).isEqualTo("credit");
        assertThat(quote.get("output_bound").asLong()).isEqualTo(100);
        assertThat(quote.get("max_cost").asText()).isEqualTo(quote.get("hold").asText());
        assertThat(new BigDecimal(quote.get("min_cost").asText()))
                .isPositive()
                .isLessThan(new BigDecimal(quote.get("max_cost").asText()));
        assertThat(limit(quote, "key_requests_per_minute").get("used").asLong()).isZero();

        shutGate();
        Future<HttpResponse<byte[]>> call = CALLERS.submit(() -> call(spoken, key, body));
        try {
            awaitCall();
            Spent credit = liveStore
                    .spent(new UserId(user), new Subject(SubjectKind.CREDIT, user))
                    .get(Window.TOTAL.key());
            assertThat(credit.held().text()).isEqualTo(quote.get("hold").asText());
            JsonNode daily = limit(quote(spoken, key, body), "key_cost");
            assertThat(daily.get("held").asText()).isEqualTo(quote.get("hold").asText());
        } finally {
            gate.countDown();
        }
        assertThat(call.get().statusCode()).isEqualTo(200);
        SERVER.audit();
        JsonNode sent =
                SERVER.admin().get("/api/admin/usage/records?user_id=" + user).at("/items/0");
        assertThat(sent.get("account_id").asLong()).isEqualTo(preferred);
        assertThat(sent.get("price_version").asText())
                .isEqualTo(quote.get("price_version").asText());
        assertThat(SERVER.admin()
                        .get("/api/admin/usage/records?user_id=" + user)
                        .get("items"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_quoted_in_the_words_the_caller_hears(Spoken spoken) throws Exception {
        long user = SERVER.world().user("poor-" + spoken.dialect, "0.000001");
        Key key = key(user, Map.of());
        JsonNode body = JSON.readTree(spoken.body);

        JsonNode refusal = quote(spoken, key, body).get("refusal");
        HttpResponse<byte[]> refused = call(spoken, key, body);

        assertThat(refused.statusCode())
                .isEqualTo(402)
                .isEqualTo(refusal.get("status").asInt());
        assertThat(refusal.get("code").asText()).isEqualTo("insufficient_quota");
        assertThat(message(refused)).isEqualTo(refusal.get("message").asText());
        assertThat(refusal.get("message").asText()).contains("credit").contains("$0.000001");
    }

    @Test
    void a_bound_is_quoted_as_it_would_be_lowered() throws Exception {
        long user = SERVER.world().user("ann", "0");
        long userPackage = SERVER.world().quota(user, "0.01", Map.of());
        Key key = key(user, Map.of("user_package_id", userPackage));
        JsonNode body = JSON.readTree(Spoken.CHAT.body.replace("\"max_tokens\":100", "\"max_tokens\":10000"));

        JsonNode quote = quote(Spoken.CHAT, key, body);
        HttpResponse<byte[]> answer = call(Spoken.CHAT, key, body);

        assertThat(quote.get("clamped").asBoolean()).isTrue();
        assertThat(quote.get("payer").toString())
                .isEqualTo("{\"type\":\"package\",\"id\":" + userPackage + ",\"spend_mode\":\"strict\"}");
        assertThat(quote.get("hold").asText()).isEqualTo("0.01");
        assertThat(answer.headers().firstValue("x-tollgate-max-output"))
                .hasValue(quote.get("output_bound").asText());
        JsonNode total = limit(quote, "package_cost");
        assertThat(total.get("limit").asText()).isEqualTo("0.01");
        assertThat(total.get("remaining").asText()).isEqualTo("0.01");
    }

    @Test
    void a_full_limit_is_quoted_while_it_is_full() throws Exception {
        Key key = key(SERVER.world().user("bob", "1"), Map.of("max_concurrency", 1));
        JsonNode body = JSON.readTree(Spoken.CHAT.body);
        shutGate();
        Future<HttpResponse<byte[]>> running = CALLERS.submit(() -> call(Spoken.CHAT, key, body));
        try {
            awaitCall();
            JsonNode quote = quote(Spoken.CHAT, key, body);
            assertThat(message(call(Spoken.CHAT, key, body)))
                    .isEqualTo(quote.at("/refusal/message").asText());
            assertThat(quote.at("/refusal/status").asInt()).isEqualTo(429);
            assertThat(quote.at("/refusal/retry_after").asInt()).isOne();
            assertThat(quote.get("hold").isNull()).isTrue();
            JsonNode atOnce = limit(quote, "key_concurrency");
            assertThat(atOnce.get("used").asLong()).isOne();
            assertThat(atOnce.get("remaining").asLong()).isZero();
        } finally {
            gate.countDown();
        }
        assertThat(running.get().statusCode()).isEqualTo(200);
        assertThat(quote(Spoken.CHAT, key, body).get("refusal").isNull()).isTrue();
    }

    @Test
    void accounts_that_are_busy_spent_or_closed_are_quoted_as_the_call_hears_it() throws Exception {
        Key key = key(SERVER.world().user("eve", "1"), Map.of());
        SERVER.world().model("narrow", "nobodys", "1", "10");
        JsonNode body = JSON.readTree(Spoken.CHAT.body.replace("quoted", "narrow"));
        long only = SERVER.world()
                .account(
                        "openai",
                        URI.create(upstream.baseUrl() + "/v1"),
                        Map.of("name", "only", "max_concurrency", 1, "allowed_models", List.of("narrow")));
        SERVER.admin().put("/api/admin/configs", Map.of("scheduler.slot_wait", "50ms"));
        shutGate();
        Future<HttpResponse<byte[]>> running = CALLERS.submit(() -> call(Spoken.CHAT, key, body));
        try {
            awaitCall();
            assertQuotedAsHeard(key, body, "limit of concurrent calls");
        } finally {
            gate.countDown();
            SERVER.admin().put("/api/admin/configs", Map.of("scheduler.slot_wait", "2s"));
        }
        assertThat(running.get().statusCode()).isEqualTo(200);

        SERVER.admin().put("/api/admin/accounts/" + only, Map.of("daily_budget", "0.00000001"));
        assertQuotedAsHeard(key, body, "daily budget");

        SERVER.admin().put("/api/admin/accounts/" + only + "/status", Map.of("status", "suspended"));
        assertQuotedAsHeard(key, body, "No upstream account can serve");
    }

    /** Right after the call: a spent budget is remembered for a moment only. */
    private static void assertQuotedAsHeard(Key key, JsonNode body, String words) {
        Eventually.holds(words, SOON, () -> isQuotedAsHeard(key, body, words));
    }

    private static boolean isQuotedAsHeard(Key key, JsonNode body, String words) {
        try {
            HttpResponse<byte[]> refused = call(Spoken.CHAT, key, body);
            JsonNode quote = quote(Spoken.CHAT, key, body);
            String quoted = quote.at("/refusal/message").asText();
            return refused.statusCode() == 503
                    && quote.at("/refusal/status").asInt() == 503
                    && quote.at("/refusal/retry_after").isNumber()
                    && quoted.contains(words)
                    && quoted.equals(message(refused))
                    && quote.get("account").isNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_wrong_with_a_call_is_quoted_and_what_is_wrong_with_the_question_is_an_error() throws Exception {
        Key key = key(SERVER.world().user("cid", "1"), Map.of("allowed_ips", List.of("203.0.113.7")));
        JsonNode unknown = JSON.readTree(Spoken.CHAT.body.replace("quoted", "no-such-model"));
        JsonNode malformed = JSON.readTree(Spoken.CHAT.body.replace("100", "-1"));
        SERVER.world().model("homeless", "nobodys", "1", "1");
        JsonNode homeless = JSON.readTree(Spoken.CHAT.body.replace("quoted", "homeless"));

        assertThat(quote(Spoken.CHAT, key, unknown).at("/refusal/status").asInt())
                .isEqualTo(404);
        assertThat(quote(Spoken.CHAT, key, malformed).at("/refusal/status").asInt())
                .isEqualTo(400);
        JsonNode nobody = quote(Spoken.CHAT, key, homeless);
        assertThat(nobody.at("/refusal/code").asText()).isEqualTo("no_available_account");
        assertThat(nobody.get("account").isNull()).isTrue();
        assertThat(nobody.get("input_tokens").asLong()).isPositive();

        JsonNode chat = JSON.readTree(Spoken.CHAT.body);
        assertThat(asked(Map.of("dialect", "chat", "api_key_id", 999, "body", chat))
                        .get("code")
                        .asInt())
                .isEqualTo(404);
        assertThat(asked(Map.of("dialect", "latin", "api_key_id", key.id(), "body", chat))
                        .get("code")
                        .asInt())
                .isEqualTo(400);
        JsonNode nameless = JSON.readTree(Spoken.GEMINI.body);
        assertThat(asked(Map.of("dialect", "generate_content", "api_key_id", key.id(), "body", nameless))
                        .at("/data/errors/0/field")
                        .asText())
                .isEqualTo("model");
    }

    @Test
    void a_free_call_holds_nothing() throws Exception {
        Key key = key(SERVER.world().user("dan", "1"), Map.of());
        JsonNode body = JSON.readTree("{\"model\":\"quoted\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        JsonNode quote = SERVER.admin()
                .post("/api/admin/quotes", Map.of("dialect", "count_tokens", "api_key_id", key.id(), "body", body));

        assertThat(quote.get("refusal").isNull()).as("%s", quote).isTrue();
        assertThat(quote.get("hold").isNull()).isTrue();
        assertThat(quote.get("max_cost").asText()).isEqualTo("0");
        JsonNode contents =
                JSON.readTree("{\"model\":\"models/quoted\",\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");
        JsonNode counted = SERVER.admin()
                .post(
                        "/api/admin/quotes",
                        Map.of("dialect", "gemini_count_tokens", "api_key_id", key.id(), "body", contents));
        assertThat(counted.get("model").asText()).isEqualTo(MODEL);
        assertThat(counted.get("refusal").isNull()).as("%s", counted).isTrue();
    }

    private record Key(long id, String text) {}

    private static Key key(long user, Map<String, Object> more) {
        Map<String, Object> key = new LinkedHashMap<>(Map.of("user_id", user, "name", "key of " + user));
        key.putAll(more);
        JsonNode made = SERVER.admin().post("/api/admin/api-keys", key);
        return new Key(made.get("id").asLong(), made.get("key").asText());
    }

    private static JsonNode quote(Spoken spoken, Key key, JsonNode body) {
        Map<String, Object> question =
                new LinkedHashMap<>(Map.of("dialect", spoken.dialect, "api_key_id", key.id(), "body", body));
        if (spoken == Spoken.GEMINI) {
            question.put("model", MODEL);
        }
        return SERVER.admin().post("/api/admin/quotes", question);
    }

    private static JsonNode asked(Map<String, Object> question) {
        return SERVER.admin().request("POST", "/api/admin/quotes", question);
    }

    private static HttpResponse<byte[]> call(Spoken spoken, Key key, JsonNode body) throws IOException {
        return new Caller(SERVER.uri(), key.text())
                .post(
                        spoken.path,
                        Map.of(
                                "content-type",
                                "application/json",
                                "anthropic-version",
                                "2023-06-01",
                                "authorization",
                                "Bearer " + key.text()),
                        JSON.writeValueAsBytes(body));
    }

    /** Without the id of the call, which a quote has none of. */
    private static String message(HttpResponse<byte[]> refused) throws IOException {
        return JSON.readTree(refused.body()).at("/error/message").asText().replaceFirst(" \\(request id: .*", "");
    }

    private static JsonNode limit(JsonNode quote, String name) {
        for (JsonNode limit : quote.get("limits")) {
            if (limit.get("name").asText().equals(name)) {
                return limit;
            }
        }
        throw new AssertionError("no " + name + " in " + quote);
    }

    private static void shutGate() {
        arrived = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    private static void awaitCall() throws InterruptedException {
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
