package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.web.relay.input.ContentsInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every recorded call of Gemini and Vertex AI through the whole server: the bytes, the token classes, the cost. */
class GeminiCorpusTest {
    private static final List<Recording> RECORDINGS = Recording.all(
            Set.of("gemini", "vertex"),
            Set.of("generateContent", "streamGenerateContent", "countTokens", "embedContent", "batchEmbedContents"));
    private static final Pattern MODEL = Pattern.compile("/models/([^:]+):");
    private static final String VERTEX_BASE = "/v1beta1/projects/p/locations/global/publishers/google";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final Map<String, JsonNode> PRICES = new HashMap<>();
    private static String key;

    @BeforeAll
    static void set_up() {
        key = SERVER.world().key(SERVER.world().user("gem", "1000000"), Map.of());
    }

    @AfterAll
    static void forget() {
        PRICES.clear();
    }

    @Test
    void the_corpus_is_there() {
        Assumptions.assumeFalse(
                RECORDINGS.isEmpty(), "skipped: no corpus (set TOLLGATE_CORPUS to the folder of recordings)");
        assertThat(RECORDINGS).hasSizeGreaterThan(30);
    }

    @TestFactory
    Stream<DynamicTest> every_recording_passes_and_is_billed_as_reported() {
        return RECORDINGS.stream().map(recording -> DynamicTest.dynamicTest(recording.id(), () -> replay(recording)));
    }

    @TestFactory
    Stream<DynamicTest> every_prompt_is_bounded_by_what_is_read_of_it() {
        return RECORDINGS.stream()
                .filter(recording -> recording.usage() != null
                        && recording.kept().at("/request/body").isObject())
                .map(recording -> DynamicTest.dynamicTest(recording.id(), () -> {
                    byte[] body = request(recording).getBytes(StandardCharsets.UTF_8);
                    JsonMembers members = (JsonMembers) JsonMembers.scan(body);
                    Long bound =
                            ContentsInput.of(body, members, model(recording)).tokensMax();
                    if (bound != null) {
                        assertThat(bound).isGreaterThanOrEqualTo(billedInput(recording.usage()));
                    }
                }));
    }

    private static long billedInput(JsonNode usage) {
        return usage.path("promptTokenCount").asLong()
                + usage.path("toolUsePromptTokenCount").asLong();
    }

    @Test
    void an_array_that_breaks_off_is_still_one() throws Exception {
        price("gemini-2.5-flash");
        String chunk = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}]}}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then((request, wire) -> {
                wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
                wire.chunk(("[" + chunk + "\n,\r\n{\"cand").getBytes(StandardCharsets.UTF_8));
                wire.reset();
            });
            long account = account(upstream.baseUrl());
            try {
                HttpResponse<String> answer = call("gemini-2.5-flash", ":streamGenerateContent", "{\"contents\":[]}");

                JsonNode elements = JSON.readTree(answer.body());
                assertThat(elements.isArray()).as(answer.body()).isTrue();
                assertThat(elements.get(0)).isEqualTo(JSON.readTree(chunk));
                assertThat(elements.get(1).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
                assertThat(record(answer).get("status").asText()).isEqualTo("upstream_error");
            } finally {
                SERVER.admin().delete("/api/admin/accounts/" + account);
            }
        }
    }

    private static void replay(Recording recording) throws Exception {
        String model = model(recording);
        price(model);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(
                    recording.stream() && recording.status() == 200
                            ? Replies.stream(recording.body(), Chunking.random(11, 60))
                            : Replies.sized(recording.status(), "application/json", recording.body(), Map.of()));
            boolean vertex = recording.platform().equals("vertex");
            long account = account(upstream.baseUrl() + (vertex ? VERTEX_BASE : ""));
            try {
                String operation = ":" + recording.api() + (recording.stream() ? "?alt=sse" : "");
                HttpResponse<String> answer = call(model, operation, request(recording));
                assertThat(upstream.received().get(0).requestLine())
                        .isEqualTo("POST " + (vertex ? VERTEX_BASE : "/v1beta") + "/models/" + model + operation
                                + " HTTP/1.1");
                check(recording, model, answer);
            } finally {
                SERVER.admin().delete("/api/admin/accounts/" + account);
            }
        }
    }

    private static void check(Recording recording, String model, HttpResponse<String> answer) throws Exception {
        if (recording.status() != 200) {
            assertThat(answer.statusCode()).isEqualTo(recording.status());
            if (recording.status() == 404) {
                assertThat(answer.body()).isEqualTo(new String(recording.body(), StandardCharsets.UTF_8));
            }
            assertThat(record(answer).get("total_cost").asText()).isEqualTo("0");
            return;
        }
        assertThat(answer.body()).isEqualTo(new String(recording.body(), StandardCharsets.UTF_8));
        if (recording.api().equals("countTokens")) {
            return;
        }
        JsonNode entry = record(answer);
        assertThat(entry.get("status").asText()).isEqualTo("completed");
        JsonNode usage = recording.usage();
        if (usage == null) {
            assertThat(entry.get("usage_source").asText()).isEqualTo("estimated");
            return;
        }
        ReferenceBill bill = new ReferenceBill(GeminiCorpusTest::price)
                .generateContent(model, usage, usage.path("serviceTier").asText(""), searches(recording));
        assertThat(entry.get("usage_source").asText()).isEqualTo("upstream");
        assertThat(entry.get("input_tokens").asLong()).isEqualTo(sum(bill, "input_price", "audio_input_price"));
        assertThat(entry.get("cache_read_tokens").asLong()).isEqualTo(sum(bill, "cache_read_price"));
        assertThat(entry.get("output_tokens").asLong()).isEqualTo(sum(bill, "output_price", "reasoning_price"));
        assertThat(new BigDecimal(entry.get("total_cost").asText())).isEqualByComparingTo(bill.total());
    }

    /** The recordings with searches are Gemini 3's, one query each that is not empty; the others read pages or files. */
    private static long searches(Recording recording) {
        return new String(recording.body(), StandardCharsets.UTF_8).contains("\"webSearchQueries\"") ? 1 : 0;
    }

    private static long sum(ReferenceBill bill, String... classes) {
        return Stream.of(classes)
                .mapToLong(name -> bill.tokens.getOrDefault(name, 0L))
                .sum();
    }

    private static String model(Recording recording) {
        Matcher inPath = MODEL.matcher(recording.kept().at("/request/url").asText());
        return inPath.find() ? inPath.group(1) : recording.model();
    }

    private static String request(Recording recording) {
        JsonNode recorded = recording.kept().at("/request/body");
        return recorded.isObject()
                ? recorded.toString()
                : "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello.\"}]}]}";
    }

    private static long account(String base) {
        return SERVER.world().account("gemini", URI.create(base), Map.of("allowed_models", List.of("*")));
    }

    private static HttpResponse<String> call(String model, String operation, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(SERVER.uri().resolve("/v1beta/models/" + model + operation))
                        .timeout(Duration.ofSeconds(60))
                        .header("content-type", "application/json")
                        .header("x-goog-api-key", key)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode record(HttpResponse<?> answer) {
        SERVER.audit();
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        return SERVER.admin().get("/api/admin/usage/records/" + id);
    }

    /** A model's prices as the price list has them; one that has none is given some. */
    private static JsonNode price(String name) {
        return PRICES.computeIfAbsent(name, absent -> {
            JsonNode found = find(name);
            if (found == null) {
                SERVER.world().model(name, "gemini", "1.5", "7.25");
                found = find(name);
            }
            return found;
        });
    }

    private static @org.jspecify.annotations.Nullable JsonNode find(String name) {
        for (JsonNode model :
                SERVER.admin().get("/api/admin/models?page_size=500").get("items")) {
            boolean isAlias = false;
            for (JsonNode alias : model.path("aliases")) {
                isAlias |= alias.asText().equals(name);
            }
            if (model.get("name").asText().equals(name) || isAlias) {
                return model;
            }
        }
        return null;
    }
}
