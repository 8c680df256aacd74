package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.List;

/** A dialect of the test's own: every event in angle brackets with the usage so far, an exclamation mark at the end. */
final class FakeTranslation implements Translation {
    @Override
    public List<Header> headers() {
        return List.of(new Header("content-type", "text/fake"));
    }

    @Override
    public byte[] event(StreamEvent event, TokenUsage known) {
        String data = new String(event.data(), event.dataFrom(), event.dataTo() - event.dataFrom(), UTF_8);
        return ("<" + data + "|" + known.output() + ">").getBytes(UTF_8);
    }

    @Override
    public byte[] end(TokenUsage usage) {
        return ("!" + usage.output()).getBytes(UTF_8);
    }

    @Override
    public byte[] whole(byte[] body, TokenUsage usage) {
        return ("<" + new String(body, UTF_8) + "|" + usage.output() + ">").getBytes(UTF_8);
    }

    @Override
    public String words(byte[] body) {
        return "in words: " + new String(body, UTF_8);
    }
}
