package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A small proxy that speaks HTTP and SOCKS5, remembers what it was asked for and may demand to know who asks. */
final class TestProxy implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable String credentials;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private TestProxy(ServerSocket server, @Nullable String credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** @param credentials {@code user:password} that it demands, null for none */
    static TestProxy demanding(@Nullable String credentials) throws IOException {
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        TestProxy proxy = new TestProxy(server, credentials);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The request lines it got, and {@code SOCKS host:port}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int first = in.read();
            if (first == 5) {
                socks(in, socket);
            } else if (first >= 0) {
                http((char) first + line(in), in, socket);
            }
        } catch (IOException theOtherSideLeft) {
            // a test that cares looks at what was asked
        }
    }

    private void http(String requestLine, DataInputStream in, Socket socket) throws IOException {
        asked.add(requestLine);
        List<String> headers = new ArrayList<>();
        String authorization = "";
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("proxy-authorization: basic ")) {
                authorization = header.substring("proxy-authorization: basic ".length());
            } else {
                headers.add(header);
            }
        }
        OutputStream out = socket.getOutputStream();
        String known = new String(java.util.Base64.getDecoder().decode(authorization), ISO_8859_1);
        if (credentials != null && !credentials.equals(known)) {
            out.write("HTTP/1.1 407 Who Are You\r\ncontent-length: 0\r\n\r\n".getBytes(ISO_8859_1));
            return;
        }
        String[] words = requestLine.split(" ", 3);
        if (words[0].equals("CONNECT")) {
            try (Socket target = socketTo(words[1])) {
                out.write("HTTP/1.1 200 Go On\r\n\r\n".getBytes(ISO_8859_1));
                join(socket, in, target);
            }
            return;
        }
        String whole = words[1].substring("http://".length());
        int path = whole.indexOf('/');
        try (Socket target = socketTo(whole.substring(0, path))) {
            String head = words[0] + " " + whole.substring(path) + " HTTP/1.1\r\n" + String.join("\r\n", headers);
            target.getOutputStream().write((head + "\r\n\r\n").getBytes(ISO_8859_1));
            join(socket, in, target);
        }
    }

    private void socks(DataInputStream in, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        in.skipNBytes(in.readUnsignedByte());
        out.write(new byte[] {5, (byte) (credentials == null ? 0 : 2)});
        if (credentials != null) {
            in.skipNBytes(1);
            String user = new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
            String password = new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
            boolean known = credentials.equals(user + ":" + password);
            out.write(new byte[] {1, (byte) (known ? 0 : 1)});
            if (!known) {
                return;
            }
        }
        in.skipNBytes(3);
        boolean named = in.readUnsignedByte() == 3;
        String host = named
                ? new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1)
                : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
        String target = host + ":" + in.readUnsignedShort();
        asked.add("SOCKS " + target);
        try (Socket reached = socketTo(target)) {
            out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            join(socket, in, reached);
        }
    }

    private static Socket socketTo(String target) throws IOException {
        int colon = target.lastIndexOf(':');
        return new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    }

    private static void join(Socket caller, InputStream fromCaller, Socket target) throws IOException {
        Thread.ofVirtual().start(() -> copy(fromCaller, target));
        target.getInputStream().transferTo(caller.getOutputStream());
    }

    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException oneSideLeft) {
            // the other direction ends as well
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
