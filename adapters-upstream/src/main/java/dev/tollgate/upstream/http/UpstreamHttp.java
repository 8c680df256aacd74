package dev.tollgate.upstream.http;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Usage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client: HTTP/1.1 on Netty's event loops, no redirects, no compression, every wait and every buffer
 * bounded, addresses tested at each connect. Calls block the calling virtual thread.
 */
public final class UpstreamHttp implements AutoCloseable {
    private static final int DRAINS_MAX = 512;
    private static final long SWEEP_SECONDS = 10;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final GuardedNames names;
    private final ConnectionPool pool;
    private final InstantSource clock;
    private final Semaphore drains = new Semaphore(DRAINS_MAX);
    private final java.util.concurrent.Future<?> sweeping;

    /** @param group shared with the server, so that both sides of a call may meet on one loop; not closed here */
    public UpstreamHttp(EventLoopGroup group, AddressRules rules, InstantSource clock) {
        this.names = new GuardedNames(rules);
        this.pool = new ConnectionPool(new Connector(group, channelsOf(group), names));
        this.clock = clock;
        this.sweeping = group.next().scheduleAtFixedRate(pool::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private static ChannelFactory<? extends Channel> channelsOf(EventLoopGroup group) {
        boolean epoll = group instanceof IoEventLoopGroup ioGroup
                && Epoll.isAvailable()
                && ioGroup.isIoType(EpollIoHandler.class);
        return epoll ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    /** Sends a call and waits for its answer as {@link dev.tollgate.application.relay.Prepared.Ready#send} says. */
    public Answer send(HttpCall call, UpstreamRequest request, AnswerCodec codec) {
        return send(call, request, codec, null);
    }

    /** The same for a caller of another dialect, who is told the answer through {@code translation}. */
    public Answer send(HttpCall call, UpstreamRequest request, AnswerCodec codec, @Nullable Translation translation) {
        ConnectionPool.Route route = new ConnectionPool.Route(call.origin(), call.proxyUrl());
        HttpConnection idle = pool.idle(route);
        if (idle != null) {
            Arrived arrived = exchange(idle, call, request, codec, translation);
            boolean stale = arrived instanceof Arrived.Broken broken && broken.kind() == Fault.Kind.CONNECT;
            if (!stale) {
                return answer(arrived, codec, translation);
            }
        }
        try {
            return answer(
                    exchange(pool.open(route, request.deadlines()), call, request, codec, translation),
                    codec,
                    translation);
        } catch (ConnectFailed failed) {
            return failed(Fault.Kind.CONNECT, failed.words());
        }
    }

    private Arrived exchange(
            HttpConnection connection,
            HttpCall call,
            UpstreamRequest request,
            AnswerCodec codec,
            @Nullable Translation translation) {
        Deadlines deadlines = request.deadlines();
        FullHttpRequest message = message(call);
        CompletableFuture<Arrived> arrived = new CompletableFuture<>();
        Timers timers = new Timers(deadlines, wholeLeft(request));
        Drains mine = new Drains(drains, deadlines.drain());
        Reading reading = new Reading(connection, codec, translation, arrived, mine, clock);
        AnswerReader reader = new AnswerReader(request.call().body().stream(), arrived, reading::pump);
        Exchange exchange = new Exchange(connection.channel(), timers, reader);
        reading.exchange = exchange;
        reader.reads(exchange);
        connection.begin(exchange, message);
        return arrived.join();
    }

    /** What a pump is made of once the answer's head is there. */
    private static final class Reading {
        private final HttpConnection connection;
        private final AnswerCodec codec;
        private final @Nullable Translation translation;
        private final CompletableFuture<Arrived> arrived;
        private final Drains drains;
        private final InstantSource clock;
        private @Nullable Exchange exchange;

        Reading(
                HttpConnection connection,
                AnswerCodec codec,
                @Nullable Translation translation,
                CompletableFuture<Arrived> arrived,
                Drains drains,
                InstantSource clock) {
            this.connection = connection;
            this.codec = codec;
            this.translation = translation;
            this.arrived = arrived;
            this.drains = drains;
            this.clock = clock;
        }

        StreamPump pump(int status, io.netty.handler.codec.http.HttpHeaders headers) {
            AnswerHead head = HeaderRules.toCaller(status, headers, translation);
            Exchange running = java.util.Objects.requireNonNull(exchange);
            return new StreamPump(head, codec, translation, connection, running, arrived, drains, clock);
        }
    }

    private Duration wholeLeft(UpstreamRequest request) {
        Duration spent = Duration.between(request.call().id().instant(), clock.instant());
        return request.deadlines().whole().minus(spent);
    }

    private static FullHttpRequest message(HttpCall call) {
        FullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, call.pathAndQuery(), Unpooled.wrappedBuffer(call.body()));
        for (Header header : call.headers()) {
            message.headers().add(header.name(), header.value());
        }
        message.headers().set(HttpHeaderNames.HOST, call.origin().authority());
        message.headers().set(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        message.headers().set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        return message;
    }

    private Answer answer(Arrived arrived, AnswerCodec codec, @Nullable Translation translation) {
        return switch (arrived) {
            case Arrived.Stream stream -> stream.answer();
            case Arrived.StreamFailed failed -> failed(failed.error(), translation);
            case Arrived.Broken broken -> failed(broken.kind(), broken.message());
            case Arrived.Body body when body.status() / 100 == 2 -> success(body, codec, translation);
            case Arrived.Body body ->
                new Answer.Failed(
                        codec.fault(body.status(), body.headers(), body.bytes()),
                        HeaderRules.toCaller(body.status(), body.headers()),
                        body.bytes(),
                        translation == null ? null : translation.words(body.bytes()));
        };
    }

    private static Answer success(Arrived.Body body, AnswerCodec codec, @Nullable Translation translation) {
        AnswerCodec.@Nullable StreamError error = codec.errorInside(body.bytes());
        if (error != null) {
            return failed(error, translation);
        }
        AnswerHead head = HeaderRules.toCaller(body.status(), body.headers(), translation);
        Metered metered = codec.whole(body.bytes());
        byte[] told = translation == null
                ? body.bytes()
                : translation.whole(
                        body.bytes(),
                        metered.report().known().orElse(Usage.NONE).tokens());
        return new Answer.Whole(head, told, metered);
    }

    private static Answer failed(AnswerCodec.StreamError error, @Nullable Translation translation) {
        AnswerHead head = new AnswerHead(error.status(), List.of(new Header("content-type", "application/json")));
        String words = translation == null ? null : translation.words(error.body());
        return new Answer.Failed(error.fault(), head, error.body(), words);
    }

    /** No answer: the words go to operators only. */
    private static Answer failed(Fault.Kind kind, String message) {
        int status = kind == Fault.Kind.TIMEOUT ? GATEWAY_TIMEOUT : BAD_GATEWAY;
        Fault fault = new Fault(kind, null, null, Words.bounded(message));
        return new Answer.Failed(fault, new AnswerHead(status, List.of()), new byte[0]);
    }

    /** Connections open now, busy or idle. */
    public int openConnections() {
        return pool.openConnections();
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        pool.close();
        names.close();
    }
}
