package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every recorded chat completion and message through the whole server: the bytes, the token classes, the cost. */
class CorpusTest {
    private static final Set<String> PLATFORMS = Set.of("openai", "azure-openai", "anthropic", "anthropic-oauth");
    private static final List<Recording> RECORDINGS =
            Recording.all(PLATFORMS, Set.of("chat_completions", "messages")).stream()
                    .filter(Recording::hasBody)
                    .toList();
    private static final Set<Integer> THE_CALLERS_FAULT = Set.of(400, 404, 409, 413, 422);

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final Map<String, JsonNode> PRICES = new HashMap<>();
    private static String key;
    private static long user;

    @BeforeAll
    static void set_up() {
        user = SERVER.world().user("ann", "1000000");
        key = SERVER.world().key(user, Map.of());
    }

    @AfterAll
    static void forget() {
        PRICES.clear();
    }

    @Test
    void the_corpus_is_there() {
        Assumptions.assumeFalse(
                RECORDINGS.isEmpty(), "skipped: no corpus (set TOLLGATE_CORPUS to the folder of recordings)");
        assertThat(RECORDINGS).hasSizeGreaterThan(80);
    }

    @TestFactory
    Stream<DynamicTest> is_relayed_and_billed_as_recorded() {
        return RECORDINGS.stream().map(recording -> DynamicTest.dynamicTest(recording.id(), () -> replay(recording)));
    }

    private static void replay(Recording recording) {
        Dialect dialect = recording.api().equals("messages") ? Dialect.MESSAGES : Dialect.CHAT;
        boolean isStream = recording.stream() && recording.status() == 200;
        ScriptedUpstream.Reply reply = isStream
                ? Replies.stream(
                        recording.body(), Chunking.random(recording.id().hashCode(), 200))
                : Replies.sized(recording.status(), "application/json", recording.body(), Map.of());
        price(recording.model(), dialect == Dialect.CHAT ? "openai" : "claude");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(reply)) {
            String type = dialect == Dialect.CHAT ? "openai" : "claude";
            String path = dialect == Dialect.CHAT ? "/v1" : "";
            long account = SERVER.world()
                    .account(type, URI.create(upstream.baseUrl() + path), Map.of("allowed_models", List.of("*")));
            try {
                check(recording, dialect, new Caller(SERVER.uri(), key).call(dialect, recording.request()));
            } finally {
                SERVER.admin().delete("/api/admin/accounts/" + account);
            }
        }
    }

    private static void check(Recording recording, Dialect dialect, HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        JsonNode entry = record(answer);
        if (recording.status() != 200) {
            checkError(recording, answer, body, entry);
            return;
        }
        if (isErrorInside(recording)) {
            assertThat(entry.get("status").asText()).isEqualTo("upstream_error");
            return;
        }
        assertThat(body).isEqualTo(expectedBody(recording));
        assertThat(entry.get("status").asText()).isIn("completed", "incomplete");
        JsonNode usage = recording.usage();
        if (usage == null) {
            assertThat(entry.get("usage_source").asText()).isNotEqualTo("upstream");
        } else {
            checkBill(recording, dialect, usage, entry);
        }
    }

    private static void checkError(Recording recording, HttpResponse<byte[]> answer, String body, JsonNode entry) {
        String recorded = new String(recording.body(), StandardCharsets.UTF_8);
        boolean isOurs = recorded.contains("credit balance") || recorded.contains("API_KEY_INVALID");
        if (THE_CALLERS_FAULT.contains(recording.status()) && !isOurs) {
            assertThat(answer.statusCode()).isEqualTo(recording.status());
            assertThat(body).isEqualTo(recorded);
        } else {
            assertThat(answer.statusCode()).isIn(503, recording.status());
        }
        assertThat(entry.get("total_cost").asText()).isEqualTo("0");
    }

    private static void checkBill(Recording recording, Dialect dialect, JsonNode usage, JsonNode entry) {
        ReferenceBill bill = new ReferenceBill(name -> price(name, dialect == Dialect.CHAT ? "openai" : "claude"));
        if (dialect == Dialect.CHAT) {
            bill.chat(recording.model(), usage, servedTier(recording));
        } else {
            bill.messages(recording.model(), usage);
        }
        assertThat(entry.get("usage_source").asText()).isEqualTo("upstream");
        assertThat(entry.get("input_tokens").asLong()).isEqualTo(sum(bill, "input_price", "audio_input_price"));
        assertThat(entry.get("cache_read_tokens").asLong()).isEqualTo(sum(bill, "cache_read_price"));
        assertThat(entry.get("cache_write_5m_tokens").asLong()).isEqualTo(sum(bill, "cache_write_5m_price"));
        assertThat(entry.get("cache_write_1h_tokens").asLong()).isEqualTo(sum(bill, "cache_write_1h_price"));
        assertThat(entry.get("output_tokens").asLong())
                .isEqualTo(sum(bill, "output_price", "reasoning_price", "audio_output_price"));
        assertThat(new BigDecimal(entry.get("total_cost").asText())).isEqualByComparingTo(bill.total());
    }

    private static long sum(ReferenceBill bill, String... classes) {
        return Stream.of(classes)
                .mapToLong(name -> bill.tokens.getOrDefault(name, 0L))
                .sum();
    }

    private static String servedTier(Recording recording) {
        String body = new String(recording.body(), StandardCharsets.UTF_8);
        return body.replaceAll("(?s).*\"service_tier\"\\s*:\\s*\"([a-z]+)\".*", "$1");
    }

    private static boolean isErrorInside(Recording recording) {
        String body = new String(recording.body(), StandardCharsets.UTF_8);
        return body.contains("event: error") || body.contains("data: {\"error\"") || body.startsWith("{\"error\"");
    }

    /** The recording without a chunk that has only usage in it, where that was not asked for. */
    private static String expectedBody(Recording recording) {
        String body = new String(recording.body(), StandardCharsets.UTF_8);
        return recording.stream() && !recording.isUsageAsked()
                ? body.replaceAll("data: \\{[^\\n]*\"choices\":\\s?\\[\\][^\\n]*\"usage\":\\s?\\{[^\\n]*\\}\\n\\n", "")
                : body;
    }

    private static JsonNode record(HttpResponse<byte[]> answer) {
        SERVER.audit();
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        return SERVER.admin().get("/api/admin/usage/records/" + id);
    }

    /** A model's prices as the price list has them; one that has none is given some. */
    private static JsonNode price(String name, String platform) {
        return PRICES.computeIfAbsent(name, absent -> {
            JsonNode found = find(name);
            if (found == null) {
                SERVER.world().model(name, platform, "1.5", "7.25");
                found = find(name);
            }
            return found;
        });
    }

    private static @org.jspecify.annotations.Nullable JsonNode find(String name) {
        JsonNode models = SERVER.admin().get("/api/admin/models?page_size=500").get("items");
        for (JsonNode model : models) {
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
