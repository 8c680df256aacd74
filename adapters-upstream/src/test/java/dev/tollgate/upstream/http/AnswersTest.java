package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of answers that are not streamed, and of there being none. */
class AnswersTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}";
    private static final String OK = "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]," + USAGE + "}";
    private static final Deadlines HASTY = new Deadlines(
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofMillis(300));

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final OpenAiUpstream upstream = new OpenAiUpstream(HTTP, InstantSource.system());

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void a_connection_serves_one_call_after_another() {
        server.then(Replies.json(200, OK));

        for (int call = 0; call < 5; call++) {
            assertThat(send(Calls.chat(server.baseUrl()))).isInstanceOf(Answer.Whole.class);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_connection_is_not_used_again_after_bytes_that_belong_to_no_answer() {
        byte[] body = OK.getBytes(UTF_8);
        server.then(
                (request, wire) -> wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length + "\r\n\r\n" + OK + "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nstolen"),
                Replies.json(200, OK));

        assertThat(send(Calls.chat(server.baseUrl()))).isInstanceOf(Answer.Whole.class);
        assertThat(((Answer.Whole) send(Calls.chat(server.baseUrl()))).body()).isEqualTo(body);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void nothing_listening_is_a_failure_to_connect() throws IOException {
        try (Socket deaf = new Socket()) { // keeps the port from others, and does not listen
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThat(failure(Calls.chat("http://127.0.0.1:" + deaf.getLocalPort())))
                    .isEqualTo(Kind.CONNECT);
        }
    }

    @Test
    void an_unknown_host_is_a_failure_to_connect() {
        assertThat(failure(Calls.chat("http://host.invalid"))).isEqualTo(Kind.CONNECT);
    }

    @Test
    void a_reset_before_any_answer_leaves_it_unknown_what_was_done() {
        server.then(Replies.reset());

        assertThat(failure(Calls.chat(server.baseUrl()))).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void silence_is_a_time_out() {
        server.then(Replies.hang());

        assertThat(failure(Calls.chat(server.baseUrl()).deadlines(HASTY))).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void silence_after_the_head_is_a_time_out() {
        server.then((request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{");
            wire.hang();
        });

        assertThat(failure(Calls.chat(server.baseUrl()).deadlines(HASTY))).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void a_call_that_has_used_up_its_time_is_not_waited_for() {
        server.then(Replies.hang());
        Deadlines used = new Deadlines(
                Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO);

        assertThat(failure(Calls.chat(server.baseUrl()).deadlines(used))).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no http at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"short\":true}",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a size\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\ngarbage",
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}"
            })
    void an_answer_that_makes_no_sense_is_broken(String bytes) {
        server.then(Replies.raw(bytes));

        assertThat(failure(Calls.chat(server.baseUrl()))).isEqualTo(Kind.BROKEN);
    }

    @Test
    void interim_answers_are_skipped_but_not_for_ever() {
        String interim = "HTTP/1.1 102 Processing\r\n\r\n";
        String ok = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " + OK.length() + "\r\n\r\n" + OK;
        server.then(Replies.raw(interim.repeat(3) + ok), Replies.raw(interim.repeat(1000) + ok));

        assertThat(send(Calls.chat(server.baseUrl()))).isInstanceOf(Answer.Whole.class);
        assertThat(failure(Calls.chat(server.baseUrl()))).isEqualTo(Kind.BROKEN);
    }

    @Test
    void redirects_are_not_followed() {
        server.then(Replies.json(307, "{}", Map.of("location", server.baseUrl() + "/elsewhere")));

        assertThat(failure(Calls.chat(server.baseUrl()))).isEqualTo(Kind.SERVER);
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,REQUEST", "401,CREDENTIALS", "404,REQUEST", "429,RATE_LIMITED", "500,SERVER", "529,OVERLOADED"})
    void an_error_may_have_any_body(int status, Kind kind) {
        server.then(
                Replies.sized(status, "text/html", "<html>".getBytes(UTF_8), Map.of()),
                Replies.sized(status, "application/json", new byte[0], Map.of()),
                Replies.sized(status, "application/json", new byte[10_000_000], Map.of()),
                Replies.json(status, "{\"error\":\"just words\"}"));

        for (int reply = 0; reply < 4; reply++) {
            assertThat(failure(Calls.chat(server.baseUrl()))).isEqualTo(kind);
        }
    }

    @Test
    void the_caller_sees_no_header_that_is_the_accounts() {
        server.then(Replies.json(
                200,
                OK,
                Map.of(
                        "set-cookie", "a=b",
                        "server", "cloudflare",
                        "openai-organization", "org-1",
                        "x-request-id", "req-1",
                        "retry-after", "5",
                        "x-ratelimit-remaining-requests", "1")));

        Answer.Whole whole = (Answer.Whole) send(Calls.chat(server.baseUrl()));

        assertThat(whole.head().headers()).containsExactly(new Header("content-type", "application/json"));
    }

    @Test
    void a_failures_retry_after_is_kept() {
        server.then(Replies.json(429, "{}", Map.of("retry-after", "5", "set-cookie", "a=b")));

        Answer.Failed failed = (Answer.Failed) send(Calls.chat(server.baseUrl()));

        assertThat(failed.head().headers())
                .extracting(Header::name)
                .containsExactlyInAnyOrder("content-type", "retry-after");
    }

    @Test
    void the_upstream_sees_the_protocols_headers_and_the_accounts_but_nothing_of_the_caller() {
        server.then(Replies.json(200, OK));
        Connection connection = new Connection(
                server.baseUrl(),
                Map.of("api_key", "sk-upstream", "organization", "org-2"),
                null,
                Map.of("x-lab", "1", "Host", "evil", "Transfer-Encoding", "chunked"));
        List<Header> callers = List.of(
                new Header("OpenAI-Beta", "assistants=v2"),
                new Header("Authorization", "Bearer sk-callers-own"),
                new Header("Cookie", "c=d"),
                new Header("X-Forwarded-For", "192.0.2.1"),
                new Header("OpenAI-Organization", "org-callers"));

        var unused = send(Calls.chat(server.baseUrl()).headers(callers).connection(connection));

        ScriptedUpstream.Received received = server.received().getFirst();
        assertThat(received.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(received.headers())
                .containsExactlyInAnyOrder(
                        "host: " + server.baseUrl().substring("http://".length()),
                        "authorization: Bearer sk-upstream",
                        "openai-organization: org-2",
                        "openai-beta: assistants=v2",
                        "content-type: application/json",
                        "content-length: " + received.body().length,
                        "accept: application/json",
                        "accept-encoding: identity",
                        "x-lab: 1");
        assertThat(new String(received.body(), UTF_8)).doesNotContain("sk-callers-own");
    }

    @Test
    void private_addresses_are_refused_unless_they_are_allowed() {
        server.then(Replies.json(200, OK));
        try (UpstreamHttp guarded = Calls.http(new AddressRules(false))) {
            OpenAiUpstream refusing = new OpenAiUpstream(guarded, InstantSource.system());
            for (String url :
                    List.of(server.baseUrl(), server.baseUrl().replace("http:", "https:"), "https://localhost:1")) {
                Answer answer = Calls.send(refusing.prepare(Calls.chat(url).request()));
                assertThat(((Answer.Failed) answer).fault().kind()).isEqualTo(Kind.CONNECT);
            }
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void a_large_answer_comes_whole() {
        String large = "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(5_000_000) + "\"}}]," + USAGE + "}";
        server.then(Replies.json(200, large));

        assertThat(((Answer.Whole) send(Calls.chat(server.baseUrl()))).body()).hasSize(large.length());
    }

    private Answer send(Calls calls) {
        return Calls.send(upstream.prepare(calls.request()));
    }

    private Kind failure(Calls calls) {
        return ((Answer.Failed) send(calls)).fault().kind();
    }
}
