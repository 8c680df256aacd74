package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What upstreams do wrong: another account takes over where that is allowed, and there is one record with its reason. */
class UpstreamFaultTest {
    private static final String MODEL = "gpt-4o-mini";
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"hello there\"},\"finish_reason\":null}]}\n\n";
    private static final String USAGE =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final Reply GOOD_STREAM = Replies.stream(CHUNK + USAGE + DONE);

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(Map.of(
            "tollgate.timeouts.silence", "1s",
            "tollgate.timeouts.first-byte-streamed", "2s",
            "tollgate.timeouts.first-byte", "2s"));

    private static @Nullable String key;

    private final List<Long> accounts = new ArrayList<>();
    private final List<ScriptedUpstream> upstreams = new ArrayList<>();
    private int recordsBefore;

    @BeforeEach
    void count_records() {
        if (key == null) {
            key = SERVER.world().key(SERVER.world().user("ann", "100"), Map.of());
        }
        recordsBefore = SERVER.world().records().size();
    }

    @AfterEach
    void remove_accounts() {
        accounts.forEach(account -> SERVER.admin().delete("/api/admin/accounts/" + account));
        upstreams.forEach(ScriptedUpstream::close);
    }

    @Test
    void another_account_takes_over_when_the_first_cannot_be_reached() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        account(URI.create("http://127.0.0.1:" + nobody + "/v1"), 0);
        account(GOOD_STREAM, 1);

        assertServed(call(true), "connect");
    }

    @Test
    void another_account_takes_over_from_one_whose_key_is_refused() {
        account(Replies.json(401, "{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}}"), 0);
        account(GOOD_STREAM, 1);

        assertServed(call(true), "credentials");
        assertThat(status(accounts.get(0))).isEqualTo("invalid");
    }

    @Test
    void another_account_takes_over_from_a_rate_limited_one() {
        account(Replies.json(429, "{\"error\":{\"message\":\"slow\"}}", Map.of("retry-after", "7")), 0);
        account(GOOD_STREAM, 1);

        assertServed(call(true), "rate_limited");
        assertThat(status(accounts.get(0))).isEqualTo("rate_limited");
    }

    @Test
    void a_rate_limit_that_nobody_can_make_good_is_told_with_its_wait() {
        account(Replies.json(429, "{\"error\":{\"message\":\"slow\"}}", Map.of("retry-after", "7")), 0);

        HttpResponse<byte[]> answer = call(false);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("7");
        assertThat(onlyRecord().get("status").asText()).isEqualTo("upstream_error");
        assertThat(onlyRecord().get("total_cost").asText()).isEqualTo("0");
    }

    @Test
    void a_rate_limit_without_a_wait_is_told_too() {
        account(Replies.json(429, "{\"error\":{\"message\":\"slow\"}}"), 0);

        assertThat(call(true).statusCode()).isEqualTo(429);
        assertThat(onlyRecord().get("http_status").asInt()).isEqualTo(429);
    }

    @Test
    void another_account_takes_over_from_one_that_fails() {
        account(Replies.json(500, "<html>oops</html>"), 0);
        account(GOOD_STREAM, 1);

        assertServed(call(true), "server");
    }

    @Test
    void an_overloaded_provider_does_not_park_the_account() {
        account(Replies.json(529, "{\"error\":{\"message\":\"overloaded\"}}"), 0);

        assertThat(call(true).statusCode()).isEqualTo(529);
        assertThat(status(accounts.get(0))).isEqualTo("overloaded");
        assertThat(call(true).statusCode()).isEqualTo(529);
    }

    @Test
    void another_account_takes_over_when_the_connection_breaks_before_an_answer() {
        account(Replies.reset(), 0);
        account(GOOD_STREAM, 1);

        assertServed(call(true), "unknown");
    }

    @Test
    void nobody_takes_over_after_the_first_byte() {
        account(Replies.streamThenReset(CHUNK + CHUNK), 0);
        ScriptedUpstream second = account(GOOD_STREAM, 1);

        String body = text(call(true));
        assertThat(body).startsWith(CHUNK).contains("\"error\"").doesNotContain("[DONE]");
        assertThat(second.received()).isEmpty();
        assertThat(onlyRecord().get("status").asText()).isEqualTo("upstream_error");
        assertThat(onlyRecord().get("usage_source").asText()).isIn("partial", "estimated");
        assertThat(onlyRecord().get("output_tokens").asLong()).isPositive();
    }

    @Test
    void a_stream_that_falls_silent_is_cut_off() {
        account(Replies.streamThenHang(CHUNK), 0);

        assertThat(text(call(true))).startsWith(CHUNK).contains("\"error\"");
        assertThat(onlyRecord().get("status").asText()).isEqualTo("timeout");
    }

    @Test
    void an_upstream_that_never_answers_is_given_up_and_nobody_else_is_asked() {
        account(Replies.hang(), 0);
        ScriptedUpstream second = account(GOOD_STREAM, 1);

        assertThat(call(true).statusCode()).isEqualTo(504);
        assertThat(second.received()).isEmpty();
        assertThat(onlyRecord().get("status").asText()).isEqualTo("timeout");
    }

    @Test
    void a_truncated_stream_is_no_complete_answer() {
        account(Replies.stream(CHUNK), 0);

        assertThat(text(call(true))).startsWith(CHUNK).contains("\"error\"").doesNotContain("[DONE]");
        assertThat(onlyRecord().get("status").asText()).isEqualTo("incomplete");
    }

    @Test
    void garbage_in_the_stream_passes_and_does_not_confuse_the_meter() {
        account(Replies.stream(CHUNK + "data: {garbage\n\n: comment\n\n" + USAGE + DONE), 0);

        assertThat(text(call(true))).endsWith(DONE);
        assertThat(onlyRecord().get("status").asText()).isEqualTo("completed");
        assertThat(onlyRecord().get("output_tokens").asLong()).isEqualTo(3);
    }

    @Test
    void missing_usage_is_counted_here_and_said_so() {
        account(Replies.stream(CHUNK + DONE), 0);

        assertThat(text(call(true))).isEqualTo(CHUNK + DONE);
        assertThat(onlyRecord().get("usage_source").asText()).isEqualTo("estimated");
        assertThat(onlyRecord().get("output_tokens").asLong()).isPositive();
        assertThat(onlyRecord().get("total_cost").asText()).isNotEqualTo("0");
    }

    @Test
    void what_the_upstream_finds_wrong_with_the_request_passes_byte_for_byte() {
        String words =
                "{\"error\":{\"message\":\"bad thing\",\"type\":\"invalid_request_error\",\"param\":\"x\",\"code\":null}}";
        account(Replies.json(400, words), 0);
        ScriptedUpstream second = account(GOOD_STREAM, 1);

        HttpResponse<byte[]> answer = call(true);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo(words);
        assertThat(second.received()).isEmpty();
        assertThat(onlyRecord().get("http_status").asInt()).isEqualTo(400);
        assertThat(onlyRecord().get("total_cost").asText()).isEqualTo("0");
    }

    private ScriptedUpstream account(Reply reply, int priority) {
        ScriptedUpstream upstream = ScriptedUpstream.answering(reply);
        upstreams.add(upstream);
        account(URI.create(upstream.baseUrl() + "/v1"), priority);
        return upstream;
    }

    private void account(URI server, int priority) {
        accounts.add(SERVER.world().account("openai", server, Map.of("priority", priority)));
    }

    private static HttpResponse<byte[]> call(boolean stream) {
        return new Caller(SERVER.uri(), java.util.Objects.requireNonNull(key))
                .call(Dialect.CHAT, Caller.request(MODEL, stream));
    }

    private void assertServed(HttpResponse<byte[]> answer, String firstFailure) {
        assertThat(text(answer)).isEqualTo(CHUNK + DONE);
        assertThat(answer.headers().firstValue("x-tollgate-attempts")).contains("2");
        JsonNode entry = SERVER.admin()
                .get("/api/admin/usage/records/"
                        + onlyRecord().get("request_id").asText());
        assertThat(entry.get("status").asText()).isEqualTo("completed");
        assertThat(entry.get("attempts").size()).isEqualTo(2);
        assertThat(entry.get("attempts").get(0).get("failure").asText()).isEqualTo(firstFailure);
    }

    private JsonNode onlyRecord() {
        SERVER.audit();
        List<JsonNode> records = SERVER.world().records();
        assertThat(records.size()).isGreaterThan(recordsBefore);
        return records.get(0);
    }

    private static String status(long account) {
        return SERVER.admin()
                .get("/api/admin/accounts/" + account)
                .get("status")
                .asText();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
