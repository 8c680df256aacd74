package dev.tollgate.persistence.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address in front of Redis processes, which can be moved to another, and whose connections can fall silent. */
final class Front implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile int port;

    private Front(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static Front of(RedisProcess redis) {
        try {
            Front front = new Front(redis.port());
            Thread.ofVirtual().start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    /** From now on it is another's address; connections to the first are cut. */
    void moveTo(RedisProcess other) {
        port = other.port();
        links.forEach(Link::cut);
    }

    /** Nothing passes any more on the connections there are, and neither side is told; new ones work. */
    void fallSilent() {
        links.forEach(Link::fallSilent);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Link link = new Link(door.accept());
                links.add(link);
                Thread.ofVirtual().start(link::connect);
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::cut);
    }

    private final class Link {
        private final Socket near;
        private volatile Socket far = new Socket();
        private volatile boolean isSilent;

        Link(Socket near) {
            this.near = near;
        }

        void connect() {
            try {
                far = new Socket(InetAddress.getLoopbackAddress(), port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pump(near, far));
                pump(far, near);
            } catch (IOException e) {
                cut(); // nobody listens there
            }
        }

        private void pump(Socket from, Socket to) {
            byte[] chunk = new byte[8 * 1024];
            try {
                for (int length = from.getInputStream().read(chunk);
                        length >= 0;
                        length = from.getInputStream().read(chunk)) {
                    if (!isSilent) {
                        to.getOutputStream().write(chunk, 0, length);
                    }
                }
            } catch (IOException e) {
                // either side is gone
            } finally {
                if (!isSilent) {
                    cut();
                }
            }
        }

        void fallSilent() {
            isSilent = true;
        }

        void cut() {
            links.remove(this);
            close(near);
            close(far);
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
