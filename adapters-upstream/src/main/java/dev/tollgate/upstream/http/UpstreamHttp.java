package dev.tollgate.upstream.http;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.UpstreamRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.time.InstantSource;
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
    private static final Duration FETCH_CONNECT_MAX = Duration.ofSeconds(5);

    private final GuardedNames names;
    private final ConnectionPool pool;
    private final Sender sender;
    private final InstantSource clock;
    private final OpenAnswers open = new OpenAnswers();
    private final Semaphore drains = new Semaphore(DRAINS_MAX);
    private final java.util.concurrent.Future<?> sweeping;

    /** @param group shared with the server, so that both sides of a call may meet on one loop; not closed here */
    public UpstreamHttp(EventLoopGroup group, AddressRules rules, InstantSource clock) {
        this(group, rules, clock, Connector.publicTrust());
    }

    /** The same with another trust, for tests that have certificates of their own. */
    UpstreamHttp(EventLoopGroup group, AddressRules rules, InstantSource clock, SslContext tls) {
        this.names = new GuardedNames(rules);
        this.pool = new ConnectionPool(new Connector(group, channelsOf(group), names, tls));
        this.sender = new Sender(pool);
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
        Drains mine = new Drains(drains, request.deadlines().drain());
        boolean streamAsked = request.call().body().stream();
        Arrived arrived = sender.send(call, request.deadlines(), () -> wholeLeft(request), (connection, waiting) -> {
            open.enter(waiting, () -> cut(waiting, connection));
            var unused = waiting.whenComplete((come, bug) -> open.leave(waiting));
            return new StreamedAnswer.Awaited(
                    connection, codec, translation, streamAsked, request.gate(), mine, open, clock, waiting);
        });
        return new Answers(codec, translation, clock).of(arrived);
    }

    private static void cut(CompletableFuture<Arrived> waiting, HttpConnection connection) {
        if (waiting.complete(new Arrived.Cut())) {
            connection.close();
        }
    }

    /** The relayed calls' answers, for cutting them off. */
    public OpenAnswers openAnswers() {
        return open;
    }

    private Duration wholeLeft(UpstreamRequest request) {
        Duration spent = Duration.between(request.call().id().instant(), clock.instant());
        return request.deadlines().whole().minus(spent);
    }

    /**
     * Sends one request that is no relayed call and waits for the whole answer: a fresh token, an image, a list of
     * models. Addresses are tested as for calls, so the address may be a caller's as long as {@code proxyUrl} is null:
     * behind a proxy it is the proxy that looks names up. Redirects are answers. Never throws for what the other side
     * or the network does.
     *
     * @param bytesMax the largest body of status 2xx that is taken
     * @param time for everything, connecting included
     * @throws IllegalArgumentException if the call has a header that cannot be written
     */
    public Fetched fetch(HttpCall call, int bytesMax, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Duration connect = time.compareTo(FETCH_CONNECT_MAX) < 0 ? time : FETCH_CONNECT_MAX;
        Deadlines deadlines = new Deadlines(connect, time, time, time, Duration.ZERO);
        Arrived arrived = sender.send(
                call,
                deadlines,
                () -> Duration.ofNanos(end - System.nanoTime()),
                (connection, waiting) ->
                        (status, headers, exchange) -> new BodyCollector(status, headers, exchange, waiting, bytesMax));
        return switch (arrived) {
            case Arrived.Body body -> new Fetched.Answered(body.status(), body.headers(), body.bytes());
            case Arrived.Broken broken -> new Fetched.Failed(broken.kind(), Words.bounded(broken.message()));
            case Arrived.Cut cut -> throw new IllegalStateException("only relayed calls are cut off");
            case Arrived.Stream stream -> throw new IllegalStateException("a fetched answer is not streamed");
            case Arrived.StreamFailed failed -> throw new IllegalStateException("a fetched answer is not streamed");
        };
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
