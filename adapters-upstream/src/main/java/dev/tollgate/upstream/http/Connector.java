package dev.tollgate.upstream.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens connections: names looked up and tested first, then TCP, the proxy if there is one, TLS, HTTP/1.1. */
final class Connector {
    private static final int READ_BYTES_FIRST = 2 * 1024;
    private static final int READ_BYTES_MAX = 32 * 1024;

    private final EventLoopGroup group;
    private final ChannelFactory<? extends Channel> channels;
    private final GuardedNames names;
    private final SslContext tls;

    Connector(EventLoopGroup group, ChannelFactory<? extends Channel> channels, GuardedNames names, SslContext tls) {
        this.group = group;
        this.channels = channels;
        this.names = names;
        this.tls = tls;
    }

    /** Trusts whom the JDK trusts. */
    static SslContext publicTrust() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException broken) {
            throw new IllegalStateException("this JDK has no TLS", broken);
        }
    }

    /** Connects within the time; blocks. The connection's handler is added before its first byte. */
    HttpConnection connect(
            ConnectionPool.Route route, Duration time, BiFunction<Channel, AnswerDecoder, HttpConnection> connection)
            throws ConnectFailed {
        names.requireScheme(route.origin());
        long end = System.nanoTime() + time.toNanos();
        @Nullable Proxy proxy = route.proxyUrl() == null ? null : Proxy.of(route.proxyUrl());
        Origin first = proxy == null ? route.origin() : proxy.origin();
        List<InetAddress> addresses = names.resolve(first.host(), left(end));
        ConnectFailed last = new ConnectFailed("no address");
        for (InetAddress address : addresses) {
            try {
                return connect(route, proxy, new InetSocketAddress(address, first.port()), end, connection);
            } catch (ConnectFailed failed) {
                last = failed;
            }
        }
        throw last;
    }

    private HttpConnection connect(
            ConnectionPool.Route route,
            @Nullable Proxy proxy,
            InetSocketAddress address,
            long end,
            BiFunction<Channel, AnswerDecoder, HttpConnection> connection)
            throws ConnectFailed {
        Opening opening = new Opening(route.origin(), connection);
        SocketAddress target = address;
        Duration time = left(end);
        if (proxy != null && !proxy.isAsked(route.origin())) {
            opening.proxy = proxy.handler(address, time);
            target = InetSocketAddress.createUnresolved(
                    route.origin().host(), route.origin().port());
        }
        await(bootstrap(time).handler(opening).connect(target), time);
        HttpConnection opened = opening.opened;
        if (opened == null) {
            throw new ConnectFailed("the connection was closed at once");
        }
        try {
            awaitGreetings(opening, end);
            return opened;
        } catch (ConnectFailed failed) {
            opened.close();
            throw failed;
        }
    }

    /** Until proxy and upstream have agreed to talk nothing of a call has been sent. */
    private static void awaitGreetings(Opening opening, long end) throws ConnectFailed {
        if (opening.proxy != null) {
            await(opening.proxy.connectFuture(), left(end));
        }
        if (opening.handshake != null) {
            await(opening.handshake.handshakeFuture(), left(end));
        }
    }

    private Bootstrap bootstrap(Duration time) {
        return new Bootstrap()
                .group(group)
                .channelFactory(channels)
                .resolver(Proxy.UNRESOLVED)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) time.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(256, READ_BYTES_FIRST, READ_BYTES_MAX).maxMessagesPerRead(1));
    }

    private static void await(Future<?> future, Duration time) throws ConnectFailed {
        try {
            if (!future.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                future.cancel(false);
                throw new ConnectFailed("no connection in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            throw new ConnectFailed("interrupted");
        }
        if (!future.isSuccess()) {
            throw new ConnectFailed(Words.of(future.cause()));
        }
    }

    private static Duration left(long end) throws ConnectFailed {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new ConnectFailed("no connection in time");
        }
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    /** Builds a connection's pipeline. */
    private final class Opening extends ChannelInitializer<Channel> {
        private final Origin origin;
        private final BiFunction<Channel, AnswerDecoder, HttpConnection> connection;
        private io.netty.handler.proxy.@Nullable ProxyHandler proxy;
        private volatile @Nullable SslHandler handshake;
        private volatile @Nullable HttpConnection opened;

        Opening(Origin origin, BiFunction<Channel, AnswerDecoder, HttpConnection> connection) {
            this.origin = origin;
            this.connection = connection;
        }

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (proxy != null) {
                pipeline.addLast(proxy);
            }
            if (origin.tls()) {
                SslHandler handler = tls.newHandler(channel.alloc(), origin.host(), origin.port());
                handshake = handler;
                pipeline.addLast(handler);
            }
            AnswerDecoder decoder = new AnswerDecoder();
            pipeline.addLast(new HttpRequestEncoder(), decoder);
            HttpConnection handler = connection.apply(channel, decoder);
            opened = handler;
            pipeline.addLast(handler);
        }
    }
}
