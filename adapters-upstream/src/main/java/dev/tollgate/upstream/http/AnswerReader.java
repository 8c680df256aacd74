package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits for an answer's head; by it is decided how the body is taken. */
final class AnswerReader implements AnswerSink {
    private final CompletableFuture<Arrived> arrived;
    private final Bodies bodies;
    private @Nullable Exchange exchange;
    private @Nullable AnswerSink body;

    AnswerReader(CompletableFuture<Arrived> arrived, Bodies bodies) {
        this.arrived = arrived;
        this.bodies = bodies;
    }

    /** What takes the body of an answer with a given head. */
    @FunctionalInterface
    interface Bodies {
        AnswerSink of(int status, HttpHeaders headers, Exchange exchange);
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
        body = bodies.of(status, headers, reading);
    }

    private static boolean isEncoded(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
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
