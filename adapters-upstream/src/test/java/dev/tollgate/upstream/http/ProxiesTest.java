package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.AccountUpstreams;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, an account's own proxy and its own headers. */
class ProxiesTest {
    private static final TestTrust TRUST = TestTrust.of("ip:127.0.0.1,dns:localhost");
    private static final TestTrust OTHER_NAME = TestTrust.of("dns:elsewhere.example");
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final UpstreamHttp HTTP = trusting(TRUST.client());
    private static final String OK = "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}";

    private final ScriptedUpstream plain = ScriptedUpstream.answering(Replies.json(200, OK));
    private final ScriptedUpstream secured = ScriptedUpstream.secured(TRUST.server());
    private final TestProxy open;
    private final TestProxy locked;

    ProxiesTest() throws IOException {
        secured.then(Replies.json(200, OK));
        open = TestProxy.demanding(null);
        locked = TestProxy.demanding("us er:pass:w@rd");
    }

    @AfterEach
    void stop() throws IOException {
        plain.close();
        secured.close();
        open.close();
        locked.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
        var unused = LOOPS.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    private static UpstreamHttp trusting(SslContext tls) {
        return new UpstreamHttp(LOOPS, new AddressRules(true), InstantSource.system(), tls);
    }

    @Test
    void calls_go_over_tls_to_a_server_that_is_trusted_and_reuse_their_connection() {
        assertThat(send(secured, null)).isInstanceOf(Answer.Whole.class);
        assertThat(send(secured, null)).isInstanceOf(Answer.Whole.class);
        assertThat(secured.connections()).isEqualTo(1);
    }

    @Test
    void a_certificate_nobody_vouches_for_and_one_of_another_name_are_failures_to_connect() {
        try (UpstreamHttp publicOnly = trusting(Connector.publicTrust());
                ScriptedUpstream other = ScriptedUpstream.secured(OTHER_NAME.server());
                UpstreamHttp trusting = trusting(OTHER_NAME.client())) {
            assertThat(failure(publicOnly, secured, null)).isEqualTo(Kind.CONNECT);
            assertThat(failure(trusting, other, null)).isEqualTo(Kind.CONNECT);
            assertThat(publicOnly.openConnections()).isZero();
            assertThat(trusting.openConnections()).isZero();
            assertThat(other.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http://any:body@"})
    void an_http_proxy_is_asked_for_a_tunnel_to_https_and_for_the_whole_address_of_http(String scheme) {
        assertThat(send(secured, scheme + open.address())).isInstanceOf(Answer.Whole.class);
        assertThat(send(plain, scheme + open.address())).isInstanceOf(Answer.Whole.class);

        assertThat(open.asked())
                .containsExactly(
                        "CONNECT " + authority(secured) + " HTTP/1.1",
                        "POST " + plain.baseUrl() + "/v1/chat/completions HTTP/1.1");
        assertThat(plain.received().getFirst().header("host")).containsExactly(authority(plain));
    }

    @Test
    void a_socks_proxy_is_asked_for_a_connection() {
        assertThat(send(secured, "socks5://" + open.address())).isInstanceOf(Answer.Whole.class);
        assertThat(send(plain, "socks5h://" + open.address())).isInstanceOf(Answer.Whole.class);

        assertThat(open.asked()).containsExactly("SOCKS " + authority(secured), "SOCKS " + authority(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "socks5://"})
    void a_proxy_is_told_who_asks(String scheme) {
        String url = scheme + "us%20er:pass:w%40rd@" + locked.address();

        assertThat(send(secured, url)).isInstanceOf(Answer.Whole.class);
        assertThat(send(plain, url)).isInstanceOf(Answer.Whole.class);
        assertThat(plain.received().getFirst().header("proxy-authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "socks5://", "http://us%20er:wrong@", "socks5://us%20er:wrong@"})
    void a_proxy_that_refuses_is_a_failure_to_connect(String scheme) {
        assertThat(failure(HTTP, secured, scheme + locked.address())).isEqualTo(Kind.CONNECT);
        assertThat(secured.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://", "socks5://us%20er:wrong@"})
    void a_socks_proxy_that_refuses_a_plain_call_is_a_failure_to_connect(String scheme) {
        assertThat(failure(HTTP, plain, scheme + locked.address())).isEqualTo(Kind.CONNECT);
        assertThat(plain.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1:1", "127.0.0.1:1", "http://127.0.0.1", "http://", "socks5://a b:1", "x"})
    void a_proxy_that_is_none_is_a_failure_to_connect(String url) {
        assertThat(failure(HTTP, plain, url)).isEqualTo(Kind.CONNECT);
        assertThat(plain.received()).isEmpty();
    }

    @Test
    void a_proxy_that_is_away_or_cannot_reach_the_upstream_is_a_failure_to_connect() throws IOException {
        String gone = plain.baseUrl();
        plain.close();

        assertThat(failure(HTTP, plain, "socks5://" + open.address())).isEqualTo(Kind.CONNECT);
        assertThat(failure(HTTP, secured, gone)).isEqualTo(Kind.CONNECT);
    }

    @Test
    void a_proxy_inside_our_network_is_refused_as_any_private_address() {
        try (UpstreamHttp guarded = Calls.http(new AddressRules(false))) {
            assertThat(failure(guarded, secured, "http://" + open.address())).isEqualTo(Kind.CONNECT);
        }
        assertThat(open.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "a\nb", "a\rb", "a\0b"})
    void an_accounts_header_that_would_be_another_line_is_never_sent(String value) {
        for (Map<String, String> extra : List.of(Map.of("x-lab", value), Map.of(value, "1"), Map.of("a b", "1"))) {
            Connection connection = new Connection(plain.baseUrl(), Map.of("api_key", "sk-up"), null, extra);
            AccountUpstreams upstreams =
                    new AccountUpstreams(Map.of(AccountType.OPENAI, new OpenAiUpstream(HTTP, InstantSource.system())));
            Answer answer = Calls.send(upstreams.prepare(
                    Calls.chat(plain.baseUrl()).connection(connection).request()));

            assertThat(((Answer.Failed) answer).fault().kind()).isEqualTo(Kind.CONNECT);
            assertThat(((Answer.Failed) answer).fault().message()).doesNotContain("evil", "sk-up");
        }
        assertThat(plain.connections()).isZero();
    }

    @Test
    void an_accounts_headers_replace_ours_but_never_the_connections() {
        Map<String, String> extra = Map.of(
                "Authorization",
                "Bearer other",
                "X-Lab",
                "1",
                "Host",
                "evil",
                "Content-Length",
                "1",
                "Connection",
                "close",
                "Accept-Encoding",
                "gzip");
        Connection connection = new Connection(plain.baseUrl(), Map.of("api_key", "sk-up"), null, extra);

        var unused = Calls.send(new OpenAiUpstream(HTTP, InstantSource.system())
                .prepare(Calls.chat(plain.baseUrl()).connection(connection).request()));

        ScriptedUpstream.Received received = plain.received().getFirst();
        assertThat(received.header("authorization")).containsExactly("Bearer other");
        assertThat(received.header("x-lab")).containsExactly("1");
        assertThat(received.header("host")).containsExactly(authority(plain));
        assertThat(received.header("content-length")).containsExactly("" + received.body().length);
        assertThat(received.header("connection")).isEmpty();
        assertThat(received.header("accept-encoding")).containsExactly("identity");
    }

    private Answer send(ScriptedUpstream server, String proxyUrl) {
        return send(HTTP, server, proxyUrl);
    }

    private static Answer send(UpstreamHttp http, ScriptedUpstream server, String proxyUrl) {
        Connection connection = new Connection(server.baseUrl(), Map.of("api_key", "sk-up"), proxyUrl, Map.of());
        return Calls.send(new OpenAiUpstream(http, InstantSource.system())
                .prepare(Calls.chat(server.baseUrl()).connection(connection).request()));
    }

    private static Kind failure(UpstreamHttp http, ScriptedUpstream server, String proxyUrl) {
        Answer.Failed failed = (Answer.Failed) send(http, server, proxyUrl);
        assertThat(failed.fault().message()).doesNotContain("us er", "us%20er", "pass:w", "wrong");
        assertThat(new String(failed.body(), UTF_8)).isEmpty();
        return failed.fault().kind();
    }

    private static String authority(ScriptedUpstream server) {
        return server.baseUrl().replaceFirst("https?://", "");
    }
}
