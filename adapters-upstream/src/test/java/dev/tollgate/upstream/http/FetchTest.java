package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are no relayed calls. */
class FetchTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final Duration TIME = Duration.ofSeconds(10);

    private final ScriptedUpstream server = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private HttpCall get() {
        return HttpCall.get(
                Origin.of(server.baseUrl()), null, "/a/picture.png?size=2", List.of(new Header("accept", "image/*")));
    }

    @Test
    void a_get_has_no_body_and_no_length() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 1};
        server.then(Replies.sized(200, "image/png", picture, Map.of()));

        Fetched.Answered answered = (Fetched.Answered) HTTP.fetch(get(), 100, TIME);

        assertThat(answered.isSuccess()).isTrue();
        assertThat(answered.body()).isEqualTo(picture);
        assertThat(answered.headers().get("content-type")).isEqualTo("image/png");
        ScriptedUpstream.Received received = server.received().getFirst();
        assertThat(received.requestLine()).isEqualTo("GET /a/picture.png?size=2 HTTP/1.1");
        assertThat(received.headers())
                .containsExactlyInAnyOrder(
                        "host: " + server.baseUrl().substring("http://".length()),
                        "accept: image/*",
                        "accept-encoding: identity");
    }

    @Test
    void a_post_has_the_content_type_it_is_given() {
        server.then(Replies.json(200, "{\"access_token\":\"t\"}"));
        HttpCall call = new HttpCall(
                Origin.of(server.baseUrl()),
                null,
                "/token",
                List.of(new Header("content-type", "application/x-www-form-urlencoded")),
                "grant_type=refresh_token".getBytes(UTF_8));

        assertThat(HTTP.fetch(call, 100, TIME)).isInstanceOf(Fetched.Answered.class);
        assertThat(server.received().getFirst().header("content-type"))
                .containsExactly("application/x-www-form-urlencoded");
        assertThat(server.received().getFirst().body()).asString(UTF_8).isEqualTo("grant_type=refresh_token");
    }

    @Test
    void what_is_larger_than_it_may_be_is_refused_and_its_connection_closed() {
        server.then(Replies.sized(200, "image/png", new byte[101], Map.of()), Replies.json(200, "{}"));

        assertThat(HTTP.fetch(get(), 100, TIME))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.BROKEN));
        assertThat(HTTP.fetch(get(), 100, TIME)).isInstanceOf(Fetched.Answered.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_refusal_is_an_answer_and_so_is_a_redirect_to_loopback() {
        server.then(
                Replies.json(401, "{\"error\":\"invalid_grant\"}"),
                Replies.json(302, "", Map.of("location", "http://127.0.0.1/")));

        assertThat(((Fetched.Answered) HTTP.fetch(get(), 100, TIME)).status()).isEqualTo(401);
        assertThat(((Fetched.Answered) HTTP.fetch(get(), 100, TIME)).status()).isEqualTo(302);
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void silence_ends_with_the_time() {
        server.then(Replies.hang());

        assertThat(HTTP.fetch(get(), 100, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT));
    }

    @Test
    void dripping_does_not_prolong_the_time() {
        server.then((request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n");
            for (int sent = 0; sent < 90; sent++) {
                wire.write("x");
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        });

        assertThat(HTTP.fetch(get(), 100, Duration.ofMillis(400)))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT));
    }

    @Test
    void private_addresses_are_refused() {
        try (UpstreamHttp guarded = Calls.http(new AddressRules(false))) {
            for (String url : List.of(server.baseUrl(), "https://127.0.0.1:1", "https://[::1]:1", "https://10.0.0.1")) {
                HttpCall call = HttpCall.get(Origin.of(url), null, "/", List.of());
                assertThat(guarded.fetch(call, 100, TIME))
                        .isInstanceOfSatisfying(
                                Fetched.Failed.class,
                                failed -> assertThat(failed.kind()).isEqualTo(Kind.CONNECT));
            }
        }
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "a\nb", "a\rb", "a\0b"})
    void a_header_value_that_would_be_another_line_is_refused_and_costs_no_connection(String value) {
        server.then(Replies.json(200, "{}"));
        var unused = HTTP.fetch(get(), 100, TIME);
        int open = HTTP.openConnections();
        HttpCall call = HttpCall.get(Origin.of(server.baseUrl()), null, "/", List.of(new Header("x-lab", value)));

        assertThatThrownBy(() -> HTTP.fetch(call, 100, TIME)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.received()).hasSize(1);
        assertThat(HTTP.fetch(get(), 100, TIME)).isInstanceOf(Fetched.Answered.class);
        assertThat(HTTP.openConnections()).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "models", "/a b", "/a\r\nx: y", "/a\nb", "/\0", "/\u00e9"})
    void a_path_that_cannot_stand_on_a_request_line_is_refused(String path) {
        Origin origin = Origin.of(server.baseUrl());

        assertThatThrownBy(() -> HttpCall.get(origin, null, path, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
