package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiUpstreamTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String OVERLOADED =
            "{\"error\":{\"code\":503,\"message\":\"Overloaded.\",\"status\":\"UNAVAILABLE\"}}";

    private final ScriptedUpstream server = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @ParameterizedTest
    @CsvSource({
        "AIzaSomeKey, x-goog-api-key, AIzaSomeKey",
        "ya29.token, authorization, Bearer ya29.token",
        "eyJhbGci.eyJpc3Mi.c2ln, authorization, Bearer eyJhbGci.eyJpc3Mi.c2ln",
    })
    void sends_a_key_as_a_key_and_a_token_as_a_token(String key, String header, String value) {
        server.then(Replies.json(200, "{\"candidates\":[]}"));

        Answer unused = send(GeminiCalls.generate(server.baseUrl()).key(key));

        ScriptedUpstream.Received received = server.received().get(0);
        assertThat(received.requestLine()).isEqualTo("POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1");
        assertThat(received.header(header)).containsExactly(value);
        assertThat(received.headers()).noneMatch(line -> line.contains("sk-callers-own"));
    }

    @Test
    void bills_the_last_chunk_that_counts_and_neither_most_nor_sum() {
        StreamEnd end = stream(events(
                chunk("A", null, "\"promptTokenCount\":169,\"candidatesTokenCount\":30,\"thoughtsTokenCount\":9"),
                chunk("B", "STOP", "\"promptTokenCount\":79,\"candidatesTokenCount\":21"),
                "{\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}}"));

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
        assertThat(end.metered().report())
                .isInstanceOfSatisfying(
                        UsageReport.Reported.class,
                        told -> assertThat(told.usage().tokens()).isEqualTo(TokenUsage.of(79, 21)));
        assertThat(new String(end.held(), UTF_8)).startsWith("data: {\"usageMetadata\"");
    }

    @Test
    void goes_on_after_a_chunk_that_could_have_been_the_last() {
        StreamEnd end = stream(events(
                chunk("A", "STOP", "\"promptTokenCount\":5,\"candidatesTokenCount\":1"),
                chunk("B", "STOP", "\"promptTokenCount\":5,\"candidatesTokenCount\":2")));

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
        assertThat(end.metered().report().known().orElseThrow().tokens()).isEqualTo(TokenUsage.of(5, 2));
        assertThat(new String(end.held(), UTF_8)).contains("\"B\"").doesNotContain("\"A\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takes_an_end_without_a_reason_for_none(boolean array) {
        String chunk = chunk("A", null, "\"promptTokenCount\":5,\"candidatesTokenCount\":1");

        StreamEnd end = array ? array("[" + chunk + "]") : stream(events(chunk));

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.NO_TERMINAL);
        assertThat(end.metered().report()).isInstanceOf(UsageReport.Partial.class);
    }

    @Test
    void waits_for_every_candidate() {
        StreamEnd end = stream(events(
                "{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"text\":\"A\"}]}},{\"index\":1}]}",
                "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\"}]}"));

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.NO_TERMINAL);
    }

    @Test
    void takes_a_blocked_prompt_for_a_whole_answer() {
        StreamEnd end = stream(events("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}"));

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
        assertThat(end.metered().report().known().orElseThrow().tokens()).isEqualTo(TokenUsage.of(TokenClass.INPUT, 4));
    }

    @Test
    void counts_the_words_of_a_stream_that_broke_off_beyond_its_last_total() {
        server.then(Replies.streamThenReset(events(chunk(
                "Some words that nobody counted so far.", null, "\"promptTokenCount\":5,\"totalTokenCount\":5"))));

        StreamEnd end = forward("alt=sse");

        assertThat(end.metered().report()).isInstanceOfSatisfying(UsageReport.Partial.class, told -> {
            assertThat(told.usage().tokens().input()).isEqualTo(5);
            assertThat(told.usage().tokens().output()).isBetween(5L, 12L);
        });
    }

    @Test
    void tells_an_error_instead_of_a_stream_in_the_streams_form() {
        server.then(Replies.stream(events(OVERLOADED)));
        server.then(arrayReply("[" + OVERLOADED + "]"));

        assertThat(failed("alt=sse").body()).isEqualTo(OVERLOADED.getBytes(UTF_8));
        assertThat(failed(null).body()).isEqualTo(("[" + OVERLOADED + "]").getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forwards_an_error_in_the_middle_as_it_came(boolean array) {
        String chunk = chunk("A", null, "\"promptTokenCount\":5,\"candidatesTokenCount\":1");
        CountDownLatch begun = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-type: " + (array ? "application/json" : "text/event-stream")
                    + "\r\ntransfer-encoding: chunked\r\n\r\n");
            wire.chunk((array ? "[" + chunk + "\n,\r\n" : events(chunk)).getBytes(UTF_8));
            await(begun);
            wire.chunk((array ? OVERLOADED + "\n]" : events(OVERLOADED)).getBytes(UTF_8));
            wire.lastChunk();
        });
        GeminiCalls call =
                GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", array ? null : "alt=sse");
        Answer.Streaming streaming = (Answer.Streaming) send(call);
        begun.countDown();

        StreamEnd end = streaming.forward(new CollectingClient());

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.ERROR_EVENT);
        assertThat(end.fault().kind()).isEqualTo(Fault.Kind.OVERLOADED);
        assertThat(new String(end.held(), UTF_8)).contains(OVERLOADED).endsWith(array ? "]" : "\r\n\r\n");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leaves_a_broken_array_open_for_an_error_to_end_it() {
        server.then((request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
            wire.chunk(("[" + chunk("A", null, "\"promptTokenCount\":5") + "\n,\r\n{\"candi").getBytes(UTF_8));
            wire.reset();
        });
        CollectingClient client = new CollectingClient();

        StreamEnd end = ((Answer.Streaming)
                        send(GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", null)))
                .forward(client);

        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.BROKEN);
        assertThat(new String(client.body(), UTF_8).strip()).matches("(?s)\\[\\{.*\\}\\s*,?");
    }

    @Test
    void counts_an_embedding_itself_where_the_answer_does_not() {
        server.then(Replies.json(200, "{\"embeddings\":[{\"values\":[0.1]}]}"));

        Answer.Whole whole = (Answer.Whole) send(GeminiCalls.generate(server.baseUrl())
                .operation(":batchEmbedContents", null)
                .body("{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"Hello there\"}]}}]}"));

        assertThat(whole.metered().report()).isInstanceOf(UsageReport.Estimated.class);
        assertThat(whole.metered().report().known().orElseThrow().tokens().output())
                .isZero();
    }

    private StreamEnd stream(String events) {
        server.then(Replies.stream(events));
        return forward("alt=sse");
    }

    private StreamEnd array(String json) {
        server.then(arrayReply(json));
        return forward(null);
    }

    private StreamEnd forward(String query) {
        GeminiCalls call = GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", query);
        return ((Answer.Streaming) send(call)).forward(new CollectingClient());
    }

    private Answer.Failed failed(String query) {
        return (Answer.Failed) send(GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", query));
    }

    private static Answer send(GeminiCalls call) {
        return Calls.send(new GeminiUpstream(HTTP, InstantSource.system()).prepare(call.request()));
    }

    private static Reply arrayReply(String json) {
        return Replies.sized(200, "application/json; charset=UTF-8", json.getBytes(UTF_8), Map.of());
    }

    private static String chunk(String text, String finish, String usage) {
        String reason = finish == null ? "" : ",\"finishReason\":\"" + finish + "\"";
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]},\"index\":0" + reason
                + "}],\"usageMetadata\":{" + usage + "}}";
    }

    private static String events(String... chunks) {
        return "data: " + String.join("\r\n\r\ndata: ", chunks) + "\r\n\r\n";
    }
}
