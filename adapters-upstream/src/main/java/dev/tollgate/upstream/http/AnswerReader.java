package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Waits for an answer's head and decides by it how the body is taken. */
final class AnswerReader implements AnswerSink {
    private final boolean streamAsked;
    private final CompletableFuture<Arrived> arrived;
    private final BiFunction<Integer, HttpHeaders, StreamPump> pumps;
    private @Nullable Exchange exchange;
    private @Nullable AnswerSink body;

    AnswerReader(
            boolean streamAsked,
            CompletableFuture<Arrived> arrived,
            BiFunction<Integer, HttpHeaders, StreamPump> pumps) {
        this.streamAsked = streamAsked;
        this.arrived = arrived;
        this.pumps = pumps;
    }

    /** Tells which exchange is read, before it begins. */
    void reads(Exchange begun) {
        exchange = begun;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        Exchange reading = java.util.Objects.requireNonNull(exchange);
        if (isEncoded(headers)) {
            reading.cancel();
            arrived.complete(
                    new Arrived.Broken(Fault.Kind.BROKEN, "the answer is compressed, which was not asked for"));
            return;
        }
        boolean streams = streamAsked && status / 100 == 2 && mayBeEvents(headers);
        body = streams ? pumps.apply(status, headers) : new BodyCollector(status, headers, reading, arrived);
    }

    private static boolean isEncoded(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
    }

    /** Some compatible servers send events under no type or a wrong one; JSON and pages say what they are. */
    private static boolean mayBeEvents(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return !lower.contains("json") && !lower.contains("html");
    }

    @Override
    public void bytes(ByteBuf bytes) {
        if (body != null) {
            body.bytes(bytes);
        }
    }

    @Override
    public void burstEnd() {
        if (body != null) {
            body.burstEnd();
        }
    }

    @Override
    public void complete() {
        if (body != null) {
            body.complete();
        }
    }

    @Override
    public void broken(Fault.Kind kind, String message) {
        if (body != null) {
            body.broken(kind, message);
        } else {
            arrived.complete(new Arrived.Broken(kind, message));
        }
    }
}
