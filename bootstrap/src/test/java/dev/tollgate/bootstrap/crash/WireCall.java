package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.crash.Leaving.Point;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call over a connection of its own, read byte for byte: what arrived before a crash is exactly known. */
final class WireCall {
    private static final int PATIENCE_MILLIS = 45_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HEX = 16;

    private final Wish wish;
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final long leavesAt;
    private int status;

    private WireCall(Wish wish) {
        this.wish = wish;
        this.leavesAt = isLeavingInTime() ? System.nanoTime() + wish.leaves().after() * 1_000_000L : Long.MAX_VALUE;
    }

    static Heard make(URI gateway, String key, Wish wish) {
        return new WireCall(wish).make(gateway, key);
    }

    private Heard make(URI gateway, String key) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(isLeavingInTime() ? wish.leaves().after() : PATIENCE_MILLIS);
            if (wish.number() % 2 == 0) {
                socket.setSoLinger(true, 0); // half of those who leave do so with a reset
            }
            ask(socket.getOutputStream(), request(key));
            read(new BufferedInputStream(socket.getInputStream()));
            return heard(null);
        } catch (SocketTimeoutException e) {
            return heard(wish.leaves().point() == Point.NEVER ? "no patience left" : "left");
        } catch (IOException e) {
            return heard(String.valueOf(e.getMessage()));
        }
    }

    private boolean isLeavingInTime() {
        return wish.leaves().point() == Point.AFTER_A_WHILE;
    }

    private void ask(OutputStream out, byte[] request) throws IOException {
        boolean isHalf = wish.leaves().point() == Point.WHILE_ASKING;
        out.write(request, 0, isHalf ? request.length / 2 : request.length);
        if (isHalf) {
            throw new SocketTimeoutException("leaves before all is asked");
        }
    }

    private Heard heard(@Nullable String broken) {
        String text = body.toString(StandardCharsets.UTF_8);
        boolean isWhole = isStream() ? endsAsStream(text) : broken == null;
        return new Heard(status, headers, text, isWhole, broken);
    }

    private boolean isStream() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    private boolean endsAsStream(String text) {
        return wish.isMessages()
                ? text.contains("event: message_stop") && text.endsWith("\n\n")
                : text.endsWith("data: [DONE]\n\n");
    }

    private byte[] request(String key) {
        byte[] content = wish.body().getBytes(StandardCharsets.UTF_8);
        String head = "POST " + wish.path() + " HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n"
                + "content-type: application/json\r\nanthropic-version: 2023-06-01\r\nuser-agent: " + Wish.AGENT
                + wish.number() + "\r\nauthorization: Bearer " + key + "\r\ncontent-length: " + content.length
                + "\r\n\r\n";
        byte[] before = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[before.length + content.length];
        System.arraycopy(before, 0, request, 0, before.length);
        System.arraycopy(content, 0, request, before.length, content.length);
        return request;
    }

    private void read(InputStream in) throws IOException {
        String first = line(in);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        status = Integer.parseInt(first.split(" ", 3)[1]);
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            int size = chunk(in);
            while (size > 0) {
                take(in, size);
                String unused = line(in);
                size = chunk(in);
            }
        } else {
            take(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), HEX);
    }

    private void take(InputStream in, int size) throws IOException {
        byte[] part = new byte[size];
        int got = 0;
        while (got < size) {
            int count = in.read(part, got, size - got);
            if (count < 0) {
                throw new IOException("ended in the body");
            }
            body.write(part, got, count);
            got += count;
        }
        if (isLeavingNow()) {
            throw new SocketTimeoutException("leaves in the middle");
        }
    }

    private boolean isLeavingNow() {
        return switch (wish.leaves().point()) {
            case NEVER, WHILE_ASKING -> false;
            case AFTER_A_WHILE -> System.nanoTime() > leavesAt;
            case IN_THE_ANSWER -> body.size() >= wish.leaves().after();
            case AT_THE_END -> isStream() && endsAsStream(body.toString(StandardCharsets.UTF_8));
        };
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("ended before the head was whole");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
