package dev.tollgate.web.relay;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.body.stream.BufferConsumer;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The caller's end of an answer on a connection of the HTTP server: bytes go out as they come, each write flushed at
 * once, never more than {@link #WAITING_MAX} of them (and one write) waiting for a caller who reads slowly.
 */
final class NettyClientStream implements ClientStream {
    /** Half of what may be buffered for a connection; the socket's own buffer in the server takes the other half. */
    static final int WAITING_MAX = 32 * 1024;

    private static final Pattern SOUND = Pattern.compile("audio/|application/octet-stream", Pattern.CASE_INSENSITIVE);

    private final Exchange exchange;
    private final Consumer<HttpResponse<?>> answer;
    private final OrderedLoop loop;
    private final StallTimer stall;
    private final ChannelFutureListener onClose = closed -> left();

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> ready = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> gone = new AtomicReference<>();
    private volatile boolean hasLeft;
    private volatile boolean isText;
    private volatile int last = ErrorShape.NOTHING;
    private volatile @Nullable Outflow outflow;

    /**
     * @param stallMax how long the caller may read nothing before the connection is closed
     * @param answer takes the answer's head when it begins
     */
    NettyClientStream(Exchange exchange, Duration stallMax, Consumer<HttpResponse<?>> answer) {
        this.exchange = exchange;
        this.stall = new StallTimer(exchange.channel(), stallMax, () -> !hasRoom());
        this.answer = answer;
        this.loop = new OrderedLoop(exchange.channel().eventLoop());
        exchange.channel().closeFuture().addListener(onClose);
    }

    @Override
    public void begin(AnswerHead head) {
        isText = isText(head);
        ByteBodyFactory bodies = exchange.request().byteBodyFactory();
        Upstream upstream = new Upstream();
        ByteBodyFactory.StreamingBody body = bodies.createStreamingBody(BodySizeLimits.UNLIMITED, upstream);
        outflow = new Outflow(body.sharedBuffer());
        answer.accept(exchange.streamed(head, body.rootBody()));
    }

    private static boolean isText(AnswerHead head) {
        return head.headers().stream()
                .filter(header -> header.isNamed("content-type"))
                .noneMatch(header -> SOUND.matcher(header.value()).lookingAt());
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        send(bytes);
        return hasRoom();
    }

    private void send(ByteBuffer bytes) {
        Outflow flow = begun();
        int length = bytes.remaining();
        if (hasLeft || length == 0) {
            return;
        }
        remember(bytes);
        if (waiting.addAndGet(length) >= WAITING_MAX) {
            stall.start();
        }
        ReadBuffer copy =
                exchange.request().byteBodyFactory().readBufferFactory().copyOf(bytes);
        loop.run(() -> flow.add(copy));
    }

    /** Keeps the last byte that is no white space: an error that ends a JSON array depends on it. */
    private void remember(ByteBuffer bytes) {
        for (int at = bytes.limit() - 1; at >= bytes.position(); at--) {
            byte sent = bytes.get(at);
            if (sent != '\n' && sent != '\r' && sent != ' ' && sent != '\t') {
                last = sent & 0xff;
                return;
            }
        }
    }

    @Override
    public void onReady(Runnable action) {
        ready.set(action);
        if (hasLeft || hasRoom()) {
            runOnce(ready);
        }
    }

    @Override
    public void onGone(Runnable action) {
        gone.set(action);
        if (hasLeft) {
            runOnce(gone);
        }
    }

    @Override
    public boolean isGone() {
        return hasLeft;
    }

    @Override
    public void finish(ByteBuffer last) {
        send(last);
        end();
    }

    @Override
    public void fail(CallError error) {
        if (!isText) {
            abort(); // sound cannot say that it is cut off
            return;
        }
        send(ByteBuffer.wrap(exchange.errors().end(error, exchange.id(), last)));
        end();
    }

    @Override
    public void abort() {
        release();
        loop.run(() -> {
            var unused = exchange.channel().close();
        });
    }

    /** Whether an answer has begun, so that none may begin any more. */
    boolean hasBegun() {
        return outflow != null;
    }

    /** Forgets the connection, which may serve other calls now. */
    void release() {
        exchange.channel().closeFuture().removeListener(onClose);
    }

    private void end() {
        Outflow flow = begun();
        release();
        loop.run(flow::complete);
    }

    private Outflow begun() {
        Outflow flow = outflow;
        if (flow == null) {
            throw new IllegalStateException("the answer has not begun");
        }
        return flow;
    }

    private boolean hasRoom() {
        return waiting.get() < WAITING_MAX;
    }

    private void left() {
        hasLeft = true;
        Outflow flow = outflow;
        if (flow != null) {
            loop.run(flow::discard);
        }
        runOnce(gone);
        runOnce(ready);
    }

    private static void runOnce(AtomicReference<@Nullable Runnable> action) {
        Runnable once = action.getAndSet(null);
        if (once != null) {
            once.run();
        }
    }

    /** What the server tells of the connection; on its event loop. */
    private final class Upstream implements BufferConsumer.Upstream {
        @Override
        public void start() {
            loop.run(() -> begun().start());
        }

        @Override
        public void onBytesConsumed(long bytes) {
            waiting.addAndGet((int) -bytes);
            stall.read();
            if (hasRoom()) {
                runOnce(ready);
            }
        }

        @Override
        public void allowDiscard() {
            loop.run(() -> begun().discard());
        }
    }
}
