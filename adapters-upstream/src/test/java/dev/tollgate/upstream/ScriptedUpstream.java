package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A provider in the test's own hands: a server on a loopback socket that answers each request with the next
 * {@link Reply}, and with the last one for ever when there are no more. It writes what it is told, right or wrong.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Reply last = Replies.json(404, "{}");

    private ScriptedUpstream(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    /** What is done with a request. */
    @FunctionalInterface
    public interface Reply {
        void answer(Received request, Wire wire) throws IOException;
    }

    /** A request as it came; header names in lower case, in their order, "name: value". */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Received(String requestLine, List<String> headers, byte[] body) {
        public List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ": ";
            return headers.stream()
                    .filter(header -> header.startsWith(prefix))
                    .map(header -> header.substring(prefix.length()))
                    .toList();
        }
    }

    /** The connection as a reply may use it. */
    public static final class Wire {
        private final Socket socket;
        private final OutputStream out;
        private final CountDownLatch serverClosed;
        private boolean keep = true;

        Wire(Socket socket, CountDownLatch serverClosed) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.serverClosed = serverClosed;
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void write(String text) throws IOException {
            write(text.getBytes(ISO_8859_1));
        }

        public void chunk(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
            chunk.writeBytes(bytes);
            chunk.writeBytes(new byte[] {'\r', '\n'});
            write(chunk.toByteArray());
        }

        public void lastChunk() throws IOException {
            write("0\r\n\r\n");
        }

        /** Breaks the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            close();
        }

        /** Closes the connection in good order. */
        public void close() throws IOException {
            keep = false;
            socket.close();
        }

        /** Holds the connection open and silent until the other side, or the test, ends it. */
        public void hang() throws IOException {
            keep = false;
            InputStream in = socket.getInputStream();
            byte[] ignored = new byte[1024];
            while (serverClosed.getCount() > 0 && in.read(ignored) >= 0) {
                // only the end matters
            }
        }
    }

    /** A provider that answers every request alike. */
    public static ScriptedUpstream answering(Reply reply) {
        ScriptedUpstream upstream = start();
        upstream.then(reply);
        return upstream;
    }

    public static ScriptedUpstream start() {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    /** A provider that speaks TLS. */
    public static ScriptedUpstream secured(SSLContext tls) {
        return start(tls.getServerSocketFactory(), "https");
    }

    private static ScriptedUpstream start(ServerSocketFactory sockets, String scheme) {
        try {
            ServerSocket server = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
            ScriptedUpstream upstream = new ScriptedUpstream(server, scheme);
            Thread.ofVirtual().name("scripted-upstream").start(upstream::accept);
            return upstream;
        } catch (IOException unusable) {
            throw new java.io.UncheckedIOException(unusable);
        }
    }

    /** Adds replies for the next requests that have none yet. */
    public void then(Reply... next) {
        replies.addAll(List.of(next));
        last = next[next.length - 1];
    }

    public String baseUrl() {
        return scheme + "://127.0.0.1:" + server.getLocalPort();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket, closed);
            for (Received request = read(in); request != null && wire.keep; request = wire.keep ? read(in) : null) {
                received.add(request);
                Reply reply = replies.poll();
                (reply == null ? last : reply).answer(request, wire);
            }
        } catch (IOException theOtherSideLeft) {
            // a test that cares looks at what it received
        } finally {
            sockets.remove(socket);
        }
    }

    private static Received read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                return null; // not HTTP, a TLS greeting for instance
            }
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            headers.add(name + ": " + value);
            length = name.equals("content-length") ? Integer.parseInt(value) : length;
        }
        return new Received(requestLine, List.copyOf(headers), in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException closing) {
            throw new java.io.UncheckedIOException(closing);
        }
    }
}
