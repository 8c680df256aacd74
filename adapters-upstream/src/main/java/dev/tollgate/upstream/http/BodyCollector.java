package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Gathers an answer that is not streamed, up to a bound. */
final class BodyCollector implements AnswerSink {
    static final int BODY_BYTES_MAX = 64 * 1024 * 1024;
    static final int ERROR_BYTES_MAX = 1024 * 1024;

    private final int status;
    private final HttpHeaders headers;
    private final Exchange exchange;
    private final CompletableFuture<Arrived> arrived;
    private final int bytesMax;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** @param bytesMax of a success; an error's body is lost where it is larger than it may be */
    BodyCollector(
            int status, HttpHeaders headers, Exchange exchange, CompletableFuture<Arrived> arrived, int bytesMax) {
        this.status = status;
        this.headers = headers;
        this.exchange = exchange;
        this.arrived = arrived;
        this.bytesMax = isSuccess() ? bytesMax : Math.min(bytesMax, ERROR_BYTES_MAX);
    }

    @Override
    public void head(int ignoredStatus, HttpHeaders ignoredHeaders) {
        throw new IllegalStateException("the head came before");
    }

    @Override
    public void bytes(ByteBuf bytes) {
        int room = bytesMax - body.size();
        if (bytes.readableBytes() <= room) {
            try {
                bytes.readBytes(body, bytes.readableBytes());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return;
        }
        exchange.cancel();
        arrived.complete(
                isSuccess()
                        ? new Arrived.Broken(Fault.Kind.BROKEN, "the answer is larger than " + bytesMax)
                        : new Arrived.Body(status, headers, new byte[0]));
    }

    private boolean isSuccess() {
        return status / 100 == 2;
    }

    @Override
    public void burstEnd() {}

    @Override
    public void complete() {
        arrived.complete(new Arrived.Body(status, headers, body.toByteArray()));
    }

    @Override
    public void broken(Fault.Kind kind, String message) {
        boolean knownRefusal = !isSuccess() && kind == Fault.Kind.BROKEN;
        arrived.complete(
                knownRefusal
                        ? new Arrived.Body(status, headers, body.toByteArray())
                        : new Arrived.Broken(kind, message));
    }
}
