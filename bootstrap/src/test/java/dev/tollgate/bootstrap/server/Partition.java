package dev.tollgate.bootstrap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on loopback in front of a server, for what a network does to a store: it passes bytes on, late or not at
 * all, refuses, or lets a connection die on one side only. Changes hold at once, for connections there are too.
 */
public final class Partition implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final int BACKLOG = 500;
    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress server;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.FORWARDING;
    private volatile Duration delay = Duration.ZERO;
    private volatile ServerSocket door;

    private enum State {
        FORWARDING,
        DROPPING,
        DROPPING_ANSWERS,
        REJECTING,
        CLOSED
    }

    private Partition(InetSocketAddress server) {
        this.server = server;
        this.door = listen(0);
        this.port = door.getLocalPort();
        accept(door);
    }

    /** Stands in front of a server on this machine, and passes everything on. */
    public static Partition before(int serverPort) {
        return new Partition(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
    }

    /** Where it is to be connected to instead of the server. */
    public int port() {
        return port;
    }

    /** Passes everything on again, first what was kept back meanwhile. */
    public void forward() {
        delay = Duration.ZERO;
        set(State.FORWARDING);
        reopenDoor();
    }

    /** Nothing passes in either direction and nobody is told, as behind a firewall; TCP keeps it and brings it later. */
    public void drop() {
        set(State.DROPPING);
        reopenDoor();
    }

    /** The server hears everything, but its answers do not come back. */
    public void dropAnswers() {
        set(State.DROPPING_ANSWERS);
        reopenDoor();
    }

    /** Connections are reset and new ones refused, as where nobody listens. */
    public void reject() {
        set(State.REJECTING);
        close(door);
        links.forEach(Link::cut);
    }

    /**
     * The server loses the connections there are and the other side never hears of it, as after a power cut: they stay
     * silent for ever. New ones are passed on.
     */
    public void halfOpen() {
        links.forEach(Link::loseServer);
        set(State.FORWARDING);
        reopenDoor();
    }

    /** Passes everything on, each piece this much later, in both directions. */
    public void delay(Duration each) {
        delay = each;
        set(State.FORWARDING);
        reopenDoor();
    }

    @Override
    public void close() {
        set(State.CLOSED);
        close(door);
        links.forEach(Link::cut);
    }

    private void set(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void reopenDoor() {
        if (door.isClosed()) {
            door = listen(port);
            accept(door);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket open) {
        Thread.ofVirtual().name("partition-" + port).start(() -> {
            while (!open.isClosed()) {
                try {
                    Link link = new Link(open.accept());
                    links.add(link);
                    Thread.ofVirtual().start(link::connect);
                } catch (IOException e) {
                    return; // the door was closed
                }
            }
        });
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a direction is open. @return false if this link is to end instead */
    private boolean mayPass(boolean isAnswer) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == State.DROPPING || (state == State.DROPPING_ANSWERS && isAnswer)) {
                changed.await();
            }
            return state == State.FORWARDING || state == State.DROPPING_ANSWERS;
        } finally {
            lock.unlock();
        }
    }

    /** One connection through here. */
    private final class Link {
        private final Socket near;
        private final Socket far = new Socket();
        private volatile boolean isHalfOpen;

        Link(Socket near) {
            this.near = near;
        }

        void connect() {
            try {
                if (!mayPass(false)) {
                    cut();
                    return;
                }
                far.connect(server, CONNECT_MILLIS);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pump(near, far, false));
                pump(far, near, true);
            } catch (IOException e) {
                cut(); // the server is not there
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void pump(Socket from, Socket to, boolean isAnswer) {
            byte[] chunk = new byte[CHUNK];
            try {
                int length = from.getInputStream().read(chunk);
                while (length >= 0 && mayPass(isAnswer)) {
                    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
                    to.getOutputStream().write(chunk, 0, length);
                    length = from.getInputStream().read(chunk);
                }
                end(isAnswer);
            } catch (IOException e) {
                end(isAnswer); // either side is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** An end is news like any other: it does not pass where nothing does. */
        private void end(boolean isAnswer) {
            try {
                boolean isOpen = mayPass(isAnswer);
                if (!isHalfOpen || !isOpen) {
                    cut();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void loseServer() {
            isHalfOpen = true;
            Partition.close(far);
        }

        void cut() {
            links.remove(this);
            Partition.close(far);
            Partition.close(near);
        }
    }
}
