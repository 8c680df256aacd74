package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.domain.account.Fault;
import io.netty.handler.codec.http.FullHttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sends a request on a connection of its own and waits for what arrives. */
final class Sender {
    private final ConnectionPool pool;

    Sender(ConnectionPool pool) {
        this.pool = pool;
    }

    /** How a body is taken, once it is known on which connection it comes and who waits for it. */
    @FunctionalInterface
    interface Taking {
        AnswerReader.Bodies from(HttpConnection connection, CompletableFuture<Arrived> arrived);
    }

    /**
     * Sends the call; blocks. A kept connection that its peer has closed in the meantime costs nothing but a new one.
     *
     * @param wholeLeft what is left of the whole time, asked when a request is about to be written
     * @throws IllegalArgumentException if the call has a header that cannot be written
     */
    Arrived send(HttpCall call, Deadlines deadlines, Supplier<Duration> wholeLeft, Taking taking) {
        ConnectionPool.Route route = new ConnectionPool.Route(call.origin(), call.proxyUrl());
        try {
            FullHttpRequest message = Requests.of(call);
            HttpConnection idle = pool.idle(route);
            if (idle != null) {
                Arrived arrived = exchange(idle, message, deadlines, wholeLeft.get(), taking);
                boolean stale = arrived instanceof Arrived.Broken broken && broken.kind() == Fault.Kind.CONNECT;
                if (!stale) {
                    return arrived;
                }
                message = Requests.of(call);
            }
            return exchange(pool.open(route, deadlines), message, deadlines, wholeLeft.get(), taking);
        } catch (ConnectFailed failed) {
            return new Arrived.Broken(Fault.Kind.CONNECT, failed.words());
        }
    }

    private static Arrived exchange(
            HttpConnection connection,
            FullHttpRequest message,
            Deadlines deadlines,
            Duration wholeLeft,
            Taking taking) {
        CompletableFuture<Arrived> arrived = new CompletableFuture<>();
        AnswerReader reader = new AnswerReader(arrived, taking.from(connection, arrived));
        Exchange exchange = new Exchange(connection.channel(), new Timers(deadlines, wholeLeft), reader);
        reader.reads(exchange);
        connection.begin(exchange, message);
        return arrived.join();
    }
}
