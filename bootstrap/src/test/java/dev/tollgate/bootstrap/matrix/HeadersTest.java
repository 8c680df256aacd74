package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.matrix.PlainAsker.Dialect;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Received;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in heads stays on its side: callers' identities and credentials on theirs, accounts' on the other. */
class HeadersTest {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final String CALLERS = "canary-of-the-caller";
    private static final String UPSTREAMS = "canary-of-the-upstream";
    private static final List<String> OF_CALLERS = List.of(
            "cookie",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip",
            "openai-organization",
            "openai-project",
            "user-agent",
            "referer",
            "x-stainless-lang",
            "x-stainless-package-version",
            "x-app",
            "x-goog-user-project",
            "x-goog-api-client",
            "x-amz-security-token",
            "x-amz-date",
            "anthropic-organization-id",
            "x-request-id",
            "traceparent",
            "accept-language",
            "proxy-authorization",
            "x-of-the-caller");
    private static final List<String> OF_UPSTREAMS = List.of(
            "set-cookie",
            "server",
            "via",
            "cf-ray",
            "anthropic-organization-id",
            "openai-organization",
            "openai-processing-ms",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-tokens",
            "anthropic-ratelimit-requests-remaining",
            "anthropic-ratelimit-unified-status",
            "x-amzn-requestid",
            "x-amzn-bedrock-invocation-latency",
            "apim-request-id",
            "x-ms-region",
            "x-ms-deployment-name",
            "request-id",
            "x-request-id",
            "x-goog-request-id",
            "strict-transport-security",
            "location",
            "x-of-the-upstream");
    /** What a platform is sent, besides its credential. */
    private static final Set<String> UPSTREAM_MAY_SEE = Set.of(
            "host",
            "content-type",
            "content-length",
            "accept",
            "accept-encoding",
            "anthropic-version",
            "anthropic-beta",
            "openai-beta",
            "authorization",
            "x-api-key",
            "api-key",
            "x-goog-api-key");

    private static final Set<String> CALLER_MAY_SEE = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "date",
            "cache-control",
            "x-accel-buffering",
            "x-content-type-options",
            "retry-after",
            "x-should-retry",
            "request-id",
            "x-request-id",
            "x-tollgate-attempts",
            "x-tollgate-cost",
            "x-tollgate-dropped",
            "x-tollgate-max-output");

    private static ScriptedUpstream upstream;
    private static volatile Reply reply;
    private static String key;
    private static PlainAsker asker;

    @BeforeAll
    static void set_up() {
        upstream = ScriptedUpstream.answering((request, wire) -> reply.answer(request, wire));
        key = SERVER.world().key(SERVER.world().user("ann", "1000"), Map.of());
        asker = new PlainAsker(SERVER.uri(), key);
        for (Provider provider : Provider.values()) {
            SERVER.world().model(model(provider), provider.family(), "3", "15");
            SERVER.world()
                    .account(
                            provider.type(),
                            URI.create(upstream.baseUrl()).resolve(provider.base()),
                            Map.of(
                                    "credentials", provider.credentials(),
                                    "allowed_models", List.of(model(provider))));
        }
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @BeforeEach
    void answer_well() {
        reply = FaultyWire.good(Map.of());
    }

    private static String model(Provider provider) {
        return provider.pattern().replace("*", "headers");
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Provider.values())
                .flatMap(provider -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(provider, dialect)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("pairs")
    void nothing_of_the_caller_reaches_the_upstream(Provider provider, Dialect dialect) {
        Map<String, String> headers = new LinkedHashMap<>();
        OF_CALLERS.forEach(name -> headers.put(name, CALLERS));
        for (Dialect any : Dialect.values()) {
            headers.put(any.keyHeader(), any.credential(key)); // wherever it may stand
        }
        for (boolean stream : new boolean[] {false, true}) {
            int before = upstream.received().size();
            HttpResponse<byte[]> answer = asker.ask(dialect, model(provider), stream, headers, () -> {});

            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
            Received received = upstream.received().get(before);
            assertThat(received.headers()).allSatisfy(header -> {
                assertThat(header).doesNotContain(CALLERS).doesNotContain(key);
                assertThat(header.substring(0, header.indexOf(':'))).isIn(UPSTREAM_MAY_SEE);
            });
            assertThat(received.requestLine()).doesNotContain(key);
            assertThat(new String(received.body(), UTF_8)).doesNotContain(key);
        }
    }

    @Test
    void a_key_in_the_query_stays_here_too() {
        int before = upstream.received().size();
        HttpResponse<byte[]> answer = asker.post(
                "/v1beta/models/" + model(Provider.GEMINI) + ":generateContent?key=" + key,
                Dialect.GENERATE_CONTENT.body("", false, "Hello"));

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        Received received = upstream.received().get(before);
        assertThat(received.requestLine()).doesNotContain(key);
        assertThat(received.headers()).noneMatch(header -> header.contains(key));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("pairs")
    void nothing_of_the_account_reaches_the_caller(Provider provider, Dialect dialect) {
        Map<String, String> headers = new LinkedHashMap<>();
        OF_UPSTREAMS.forEach(name -> headers.put(name, UPSTREAMS));
        for (boolean stream : new boolean[] {false, true}) {
            for (int status : new int[] {200, 400, 404, 500, 529}) {
                reply = status == 200 ? FaultyWire.good(headers) : FaultyWire.failing(status, headers);

                HttpResponse<byte[]> answer = asker.ask(dialect, model(provider), stream);

                assertThat(answer.statusCode()).isEqualTo(status);
                answer.headers().map().forEach((name, values) -> {
                    assertThat(values).noneMatch(value -> value.contains(UPSTREAMS));
                    assertThat(name.toLowerCase(Locale.ROOT)).isIn(CALLER_MAY_SEE);
                });
            }
        }
    }

    @Test
    void the_protocols_own_headers_pass_where_both_sides_speak_it() {
        Received messages = received(
                Provider.CLAUDE,
                Dialect.MESSAGES,
                Map.of("anthropic-version", "2023-06-01", "anthropic-beta", "context-1m-2025-08-07"));
        assertThat(messages.header("anthropic-version")).containsExactly("2023-06-01");
        assertThat(messages.header("anthropic-beta")).containsExactly("context-1m-2025-08-07");

        Received chat = received(Provider.OPENAI, Dialect.CHAT, Map.of("openai-beta", "responses=v1"));
        assertThat(chat.header("openai-beta")).containsExactly("responses=v1");
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("pairs")
    void a_protocols_own_headers_do_not_pass_to_another(Provider provider, Dialect dialect) {
        Received received = received(
                provider, dialect, Map.of("anthropic-beta", "context-1m-2025-08-07", "openai-beta", "responses=v1"));

        boolean claude = provider == Provider.CLAUDE || provider == Provider.CLAUDE_OAUTH;
        boolean openAi = provider == Provider.OPENAI || provider == Provider.AZURE;
        boolean sameOpenAi = openAi && (dialect == Dialect.CHAT || dialect == Dialect.RESPONSES);
        if (!(claude && dialect == Dialect.MESSAGES)) {
            assertThat(received.header("anthropic-beta")).noneMatch(beta -> beta.contains("context-1m"));
        }
        if (!sameOpenAi) {
            assertThat(received.header("openai-beta")).isEmpty();
        }
    }

    private static Received received(Provider provider, Dialect dialect, Map<String, String> headers) {
        int before = upstream.received().size();
        HttpResponse<byte[]> answer = asker.ask(dialect, model(provider), false, headers, () -> {});
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return upstream.received().get(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-beta: a\0b",
                "anthropic-beta: a\rx-injected: b",
                "anthropic-beta: a\nx injected",
                "anthropic-beta\0: a",
                "anthropic beta: a",
                "anthropic-beta : a",
                ": a",
                "x-any: \u0001",
                "x-any: \u007f"
            })
    void broken_headers_are_refused(String header) throws IOException {
        int before = upstream.received().size();

        assertThat(raw(Dialect.MESSAGES.path("", false), header)).startsWith("HTTP/1.1 400 ");
        assertThat(upstream.received()).hasSize(before);
    }

    @Test
    void a_folded_header_becomes_one_line() throws IOException {
        int before = upstream.received().size();

        assertThat(raw(Dialect.MESSAGES.path("", false), "anthropic-beta: a\r\n x-folded: b"))
                .contains(" 200 ");
        assertThat(upstream.received().get(before).header("anthropic-beta")).containsExactly("a x-folded: b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/models/gemini%0d%0ax-injected:%20b:generateContent",
                "/v1beta/models/gemini%00:generateContent",
                "/v1beta/models/..%2f..%2fgemini:generateContent"
            })
    void an_address_smuggles_nothing_in(String path) throws IOException {
        int before = upstream.received().size();

        assertThat(raw(path, "x-any: thing")).startsWith("HTTP/1.1 40");
        assertThat(upstream.received()).hasSize(before);
    }

    /** Sends what no client would. @return the answer's first line */
    private static String raw(String path, String header) throws IOException {
        String body = Dialect.MESSAGES.body(model(Provider.CLAUDE), false, "Hello");
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVER.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nhost: gateway\r\nx-api-key: " + key
                                    + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n"
                                    + header + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
            StringBuilder line = new StringBuilder();
            for (int next = in(socket); next >= 0 && next != '\n'; next = in(socket)) {
                line.append((char) next);
            }
            return line.toString();
        }
    }

    private static int in(Socket socket) throws IOException {
        return socket.getInputStream().read();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
