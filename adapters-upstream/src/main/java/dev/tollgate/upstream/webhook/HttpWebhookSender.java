package dev.tollgate.upstream.webhook;

import dev.tollgate.application.alert.WebhookSender;
import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.http.Fetched;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Origin;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Posts by the client that calls go by: addresses tested at each connect, no redirects followed. */
public final class HttpWebhookSender implements WebhookSender {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int EXCERPT_BYTES_MAX = 1024;
    private static final String SCRUBBED = "••••";

    private final UpstreamHttp http;

    public HttpWebhookSender(UpstreamHttp http) {
        this.http = http;
    }

    @Override
    public Sent send(Message message) {
        long begun = System.nanoTime();
        HttpCall call;
        try {
            call = call(message);
        } catch (IllegalArgumentException unusable) { // its text may hold the address
            return new Sent(null, "bad_url", null, 0);
        }
        Fetched fetched = http.fetch(call, ANSWER_BYTES_MAX, TIME);
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        return switch (fetched) {
            case Fetched.Answered answered ->
                new Sent(answered.status(), null, excerpt(answered.body(), message.secret()), millis);
            case Fetched.Failed failed -> new Sent(null, failed.kind().name().toLowerCase(Locale.ROOT), null, millis);
        };
    }

    private static HttpCall call(Message message) {
        URI address = URI.create(message.url());
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        List<Header> headers = List.of(
                new Header("content-type", "application/json"),
                new Header("user-agent", "tollgate"),
                new Header("tollgate-event", message.type().wireName()),
                new Header("tollgate-delivery", Long.toString(message.deliveryId())),
                new Header("tollgate-signature", WebhookSignature.of(message.secret(), message.at(), body)));
        return new HttpCall(Origin.of(message.url()), null, path + query, headers, body);
    }

    /** One line of what was answered, without the secret should it be sent back. */
    private static String excerpt(byte[] body, String secret) {
        String text = new String(body, StandardCharsets.UTF_8).replace(secret, SCRUBBED);
        StringBuilder excerpt = new StringBuilder();
        int bytes = 0;
        for (int point : text.codePoints().limit(EXCERPT_BYTES_MAX).toArray()) {
            int shown = Character.isISOControl(point) ? ' ' : point;
            bytes += Character.toString(shown).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > EXCERPT_BYTES_MAX) {
                break;
            }
            excerpt.appendCodePoint(shown);
        }
        return excerpt.toString();
    }
}
