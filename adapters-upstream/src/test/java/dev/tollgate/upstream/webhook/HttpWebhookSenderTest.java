package dev.tollgate.upstream.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.alert.AlertType;
import dev.tollgate.application.alert.WebhookSender;
import dev.tollgate.application.alert.WebhookSender.Message;
import dev.tollgate.application.alert.WebhookSender.Sent;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HttpWebhookSenderTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String SECRET = "whsec_of-the-test";
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000, 999_000_000);

    private final WebhookSender sender = new HttpWebhookSender(HTTP);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void posts_the_body_with_its_signature() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"ok\":\n true}"))) {
            Sent sent = sender.send(message(server.baseUrl() + "/hook?team=1"));

            assertThat(sent.isTaken()).isTrue();
            assertThat(sent.response()).isEqualTo("{\"ok\":  true}");
            ScriptedUpstream.Received received = server.received().getFirst();
            assertThat(received.requestLine()).isEqualTo("POST /hook?team=1 HTTP/1.1");
            assertThat(received.header("content-type")).containsExactly("application/json");
            assertThat(received.header("tollgate-event")).containsExactly("price.missing");
            assertThat(received.header("tollgate-delivery")).containsExactly("42");
            // printf '1700000000.{"id":1,"a":"ä"}' | openssl dgst -sha256 -hmac whsec_of-the-test
            assertThat(received.header("tollgate-signature"))
                    .containsExactly(
                            "t=1700000000,v1=62979d2461b139830e3b2da62e3760b770624714d411bcbd8cc30357d1202871");
            assertThat(new String(received.body(), UTF_8)).isEqualTo("{\"id\":1,\"a\":\"ä\"}");
        }
    }

    @Test
    void does_not_follow_a_redirect() {
        try (ScriptedUpstream server =
                ScriptedUpstream.answering(Replies.json(307, "", Map.of("location", "http://127.0.0.1:1/elsewhere")))) {
            Sent sent = sender.send(message(server.baseUrl()));

            assertThat(sent.status()).isEqualTo(307);
            assertThat(sent.isTaken()).isFalse();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void keeps_little_of_an_answer_and_no_secret() {
        String echo = "secret " + SECRET + " \u0007" + "好".repeat(2000);
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(500, echo))) {
            String response = sender.send(message(server.baseUrl())).response();

            assertThat(response).startsWith("secret ••••  好").doesNotContain(SECRET);
            assertThat(String.valueOf(response).getBytes(UTF_8)).hasSizeBetween(1000, 1024);
        }
    }

    @Test
    void tells_what_went_wrong_where_there_is_no_answer() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.reset())) {
            Sent sent = sender.send(message(server.baseUrl()));

            assertThat(sent.status()).isNull();
            assertThat(sent.error()).isIn("unknown", "broken");
        }
        assertThat(sender.send(message("http://127.0.0.1:1/")).error()).isEqualTo("connect");
        assertThat(sender.send(message("no address")).error()).isEqualTo("bad_url");
    }

    @Test
    void an_address_of_the_own_network_is_not_asked() {
        try (UpstreamHttp guarded = Calls.http(new AddressRules(false));
                ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{}"))) {
            Sent sent = new HttpWebhookSender(guarded).send(message(server.baseUrl()));

            assertThat(sent.error()).isEqualTo("connect");
            assertThat(server.received()).isEmpty();
        }
    }

    private static Message message(String url) {
        return new Message(url, SECRET, AT, AlertType.PRICE_MISSING, 42, "{\"id\":1,\"a\":\"ä\"}");
    }
}
