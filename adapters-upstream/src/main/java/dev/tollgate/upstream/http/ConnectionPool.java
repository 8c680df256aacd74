package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Deadlines;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Connections kept between calls, newest first, by where they lead. */
final class ConnectionPool {
    /** Most connections open at once, busy ones included. */
    private static final int OPEN_MAX = 20_000;

    private static final int IDLE_PER_ROUTE_MAX = 256;
    private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    private final Connector connector;
    private final Map<Route, ConcurrentLinkedDeque<HttpConnection>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    ConnectionPool(Connector connector) {
        this.connector = connector;
    }

    /** Where a connection leads and through what. */
    record Route(Origin origin, @Nullable String proxyUrl) {}

    /** An idle connection, null if there is none that looks alive. */
    @Nullable
    HttpConnection idle(Route route) {
        ConcurrentLinkedDeque<HttpConnection> waiting = idle.get(route);
        @Nullable HttpConnection connection = waiting == null ? null : waiting.pollFirst();
        while (waiting != null && connection != null && !isFresh(connection)) {
            connection.close();
            connection = waiting.pollFirst();
        }
        return connection;
    }

    private static boolean isFresh(HttpConnection connection) {
        return connection.channel().isActive() && System.nanoTime() - connection.idleSince() < IDLE_NANOS_MAX;
    }

    /**
     * Opens a connection; blocks until it stands, its TLS too.
     *
     * @throws ConnectFailed if it cannot be had
     */
    HttpConnection open(Route route, Deadlines deadlines) throws ConnectFailed {
        if (open.incrementAndGet() > OPEN_MAX) {
            open.decrementAndGet();
            throw new ConnectFailed("too many connections are open");
        }
        try {
            HttpConnection connection = connector.connect(
                    route,
                    deadlines.connect(),
                    (channel, decoder) -> new HttpConnection(channel, decoder, this, route));
            connection.channel().closeFuture().addListener(closed -> open.decrementAndGet());
            return connection;
        } catch (ConnectFailed failed) {
            open.decrementAndGet();
            throw failed;
        }
    }

    void giveBack(HttpConnection connection) {
        idle.compute(connection.route(), (route, kept) -> {
            ConcurrentLinkedDeque<HttpConnection> waiting = kept == null ? new ConcurrentLinkedDeque<>() : kept;
            waiting.addFirst(connection);
            return waiting;
        });
    }

    /** Closes what has been idle too long or is too many; called every few seconds. */
    void sweep() {
        for (Route route : idle.keySet()) {
            idle.computeIfPresent(route, (same, waiting) -> swept(waiting));
        }
    }

    private @Nullable ConcurrentLinkedDeque<HttpConnection> swept(ConcurrentLinkedDeque<HttpConnection> waiting) {
        int kept = 0;
        for (HttpConnection connection : waiting) {
            if (!isFresh(connection) || kept == IDLE_PER_ROUTE_MAX) {
                if (waiting.remove(connection)) {
                    connection.close();
                }
            } else {
                kept++;
            }
        }
        return waiting.isEmpty() ? null : waiting;
    }

    void closed(HttpConnection connection) {
        ConcurrentLinkedDeque<HttpConnection> waiting = idle.get(connection.route());
        if (waiting != null) {
            waiting.remove(connection);
        }
    }

    int openConnections() {
        return open.get();
    }

    void close() {
        idle.values().forEach(waiting -> waiting.forEach(connection -> connection.close()));
    }
}
