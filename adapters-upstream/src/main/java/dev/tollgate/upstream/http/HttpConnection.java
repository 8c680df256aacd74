package dev.tollgate.upstream.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to one origin, which serves one exchange after another, never two at once. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final AnswerDecoder decoder;
    private final ConnectionPool pool;
    private final ConnectionPool.Route route;
    private @Nullable Exchange exchange;
    private volatile long idleSince;

    HttpConnection(Channel channel, AnswerDecoder decoder, ConnectionPool pool, ConnectionPool.Route route) {
        this.channel = channel;
        this.decoder = decoder;
        this.pool = pool;
        this.route = route;
    }

    /** Starts an exchange, from any thread. */
    void begin(Exchange begun, FullHttpRequest request) {
        run(() -> {
            if (decoder.hasLeftover()) {
                close(); // what came while idle would be taken for the beginning of this answer
            }
            exchange = begun;
            begun.start(request);
        });
    }

    /** Runs the action on the connection's event loop, at once if that is this thread. */
    void run(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.eventLoop().execute(action);
        }
    }

    /** Closes the connection; whoever uses it learns of it by the closing. */
    void close() {
        var unused = channel.close();
    }

    Channel channel() {
        return channel;
    }

    ConnectionPool.Route route() {
        return route;
    }

    long idleSince() {
        return idleSince;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (exchange != null && !exchange.isOver()) {
                exchange.read((HttpObject) message);
            } else {
                exchange = null;
                close();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange served = exchange;
        if (served != null) {
            served.readComplete();
            if (served.isOver()) {
                exchange = null;
                release(served);
                served.tellEnd();
            }
        }
    }

    private void release(Exchange served) {
        if (served.isReusable() && !decoder.hasLeftover() && channel.isActive()) {
            idleSince = System.nanoTime();
            channel.read(); // so that the peer's closing is seen while idle
            pool.giveBack(this);
        } else {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.closed("the connection was closed by the upstream");
            exchange = null;
        }
        pool.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (exchange != null) {
            exchange.closed(Words.of(cause));
        }
        close();
    }
}
