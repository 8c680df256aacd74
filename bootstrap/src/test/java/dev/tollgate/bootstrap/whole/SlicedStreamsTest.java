package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
import dev.tollgate.bootstrap.server.EndlessUpstream;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams paid a slice at a time by a package, from an upstream that never ends them. */
class SlicedStreamsTest {
    /** 512 output tokens at $75 a million. */
    private static final BigDecimal SLICE = new BigDecimal("0.0384");

    private static final Logger LOG = LoggerFactory.getLogger(SlicedStreamsTest.class);
    private static final Map<String, Object> SLICED = Map.of("spend_mode", "sliced");

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static EndlessUpstream upstream;

    @BeforeAll
    static void serve() throws IOException {
        upstream = new EndlessUpstream();
        SERVER.world().account("openai", upstream.uri().resolve("/v1"), Map.of("allowed_models", List.of("talker")));
        SERVER.world().account("claude", upstream.uri(), Map.of("allowed_models", List.of("talker-c")));
        SERVER.world().model("talker", "openai", "0", "75");
        SERVER.world().model("talker-c", "claude", "0", "75");
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    /** O2. */
    @ParameterizedTest
    @CsvSource({"1, 0.2", "10, 1", "50, 5"})
    void streams_end_where_the_money_does(int inFlight, BigDecimal money) throws Exception {
        long user = SERVER.world().user("o2-" + inFlight, "0");
        SERVER.world().quota(user, money.toPlainString(), SLICED);
        Caller caller = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()));
        upstream.beginTogether(inFlight);

        List<String> answers = atOnce(inFlight, () -> caller.call(Dialect.CHAT, request("talker")));

        SERVER.audit();
        assertThat(upstream.open()).isZero();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer)
                        .contains(" slice", "The answer was cut off here.", "total cost limit of the package")
                        .doesNotContain("[DONE]"));
        List<JsonNode> records = records(user);
        assertThat(records).hasSize(inFlight).allSatisfy(entry -> {
            assertThat(entry.get("status").asText()).isEqualTo("incomplete");
            assertThat(entry.get("flags").toString()).contains("hold_used_up");
            assertThat(entry.get("usage_source").asText()).isIn("partial", "estimated");
        });
        BigDecimal spent = spent(records);
        LOG.info("{} streams on ${}: spent ${}, too much ${}", inFlight, money, spent, spent.subtract(money));
        assertThat(spent)
                .as("what %s streams spent of $%s", inFlight, money)
                .isLessThanOrEqualTo(money.add(SLICE.multiply(BigDecimal.valueOf(inFlight))))
                .isLessThanOrEqualTo(money.multiply(new BigDecimal("1.01")))
                .isGreaterThan(money.multiply(new BigDecimal("0.85")).subtract(SLICE));
    }

    @Test
    void the_sdks_read_a_stream_that_is_cut_and_say_why() {
        long user = SERVER.world().user("sdk", "0");
        SERVER.world().quota(user, "0.2", SLICED);
        String key = SERVER.world().key(user, Map.of());
        StringBuilder said = new StringBuilder();
        var openai = OpenAIOkHttpClient.builder()
                .baseUrl(SERVER.uri().resolve("/v1").toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
        Throwable cut = catchThrowable(() -> {
            try (var stream = openai.chat()
                    .completions()
                    .createStreaming(ChatCompletionCreateParams.builder()
                            .model("talker")
                            .addUserMessage("Talk.")
                            .build())) {
                stream.stream()
                        .forEach(chunk -> said.append(
                                chunk.choices().get(0).delta().content().orElse("")));
            }
        });

        assertThat(said.toString()).startsWith(" the slice of bread");
        assertThat(cut).isInstanceOf(com.openai.errors.OpenAIException.class);
        assertThat(cut).hasMessageContaining("total cost limit of the package");
    }

    @Test
    void the_anthropic_sdk_reads_a_stream_that_is_cut_and_says_why() {
        long user = SERVER.world().user("sdk-c", "0");
        SERVER.world().quota(user, "0.2", SLICED);
        String key = SERVER.world().key(user, Map.of());
        StringBuilder said = new StringBuilder();
        var anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(SERVER.uri().toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
        Throwable cut = catchThrowable(() -> {
            try (var stream = anthropic
                    .messages()
                    .createStreaming(MessageCreateParams.builder()
                            .model("talker-c")
                            .maxTokens(60_000)
                            .addUserMessage("Talk.")
                            .build())) {
                stream.stream()
                        .forEach(event -> event.contentBlockDelta()
                                .flatMap(delta -> delta.delta().text())
                                .ifPresent(text -> said.append(text.text())));
            }
        });

        assertThat(said.toString()).startsWith(" the slice of bread");
        assertThat(cut).isInstanceOf(com.anthropic.errors.AnthropicException.class);
        assertThat(cut).hasMessageContaining("total cost limit of the package");
        SERVER.audit();
        assertThat(spent(records(user))).isLessThanOrEqualTo(new BigDecimal("0.2").add(SLICE));
    }

    /** A limit of the key is in the way of a slice as much as the package's own. */
    @Test
    void a_stream_ends_at_the_keys_own_limit() {
        long user = SERVER.world().user("keyed", "0");
        SERVER.world().quota(user, "100", SLICED);
        String key = SERVER.world().key(user, Map.of("daily_cost_limit", "0.1"));

        var answer = new Caller(SERVER.uri(), key).call(Dialect.CHAT, request("talker"));

        assertThat(text(answer)).contains("day cost limit of the key");
        SERVER.audit();
        assertThat(spent(records(user))).isLessThanOrEqualTo(new BigDecimal("0.101"));
    }

    /** It cannot be ended in its middle, so all it can cost is held, and its bound lowered to what is left. */
    @Test
    void a_call_that_is_not_streamed_is_held_as_strict() {
        try (ScriptedUpstream dear = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed)) {
            SERVER.world()
                    .account("openai", URI.create(dear.baseUrl() + "/v1"), Map.of("allowed_models", List.of("dear")));
            SERVER.world().model("dear", "openai", "0", "75");
            long user = SERVER.world().user("whole", "0");
            SERVER.world().quota(user, "0.1", SLICED);

            var answer = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()))
                    .call(
                            Dialect.CHAT,
                            "{\"model\":\"dear\",\"max_tokens\":60000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-tollgate-max-output")).contains("1333");
            SERVER.audit();
            assertThat(spent(records(user))).isEqualByComparingTo("0.099975");
        }
    }

    private static String request(String model) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Talk.\"}]}";
    }

    /** A call that returns its answer. */
    private interface Call {
        HttpResponse<byte[]> make();
    }

    private static List<String> atOnce(int calls, Call call) throws Exception {
        List<String> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> made = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                made.add(threads.submit(call::make));
            }
            for (Future<HttpResponse<byte[]>> one : made) {
                assertThat(one.get().statusCode()).isEqualTo(200);
                answers.add(text(one.get()));
            }
        }
        Eventually.holds("every upstream is told", Duration.ofSeconds(10), () -> upstream.open() == 0);
        return answers;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> records(long user) {
        return SERVER.world().records().stream()
                .filter(entry -> entry.get("user_id").asLong() == user)
                .toList();
    }

    private static BigDecimal spent(List<JsonNode> records) {
        return records.stream()
                .map(entry -> new BigDecimal(entry.get("total_cost").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
