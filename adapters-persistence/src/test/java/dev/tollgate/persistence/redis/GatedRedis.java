package dev.tollgate.persistence.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a node and its Redis: hears every command, and lets answers through only while its gate is open. */
final class GatedRedis implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final ServerSocket server;
    private final int redisPort;
    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean isOpen = true;

    /** @param uri of a single Redis on loopback */
    GatedRedis(String uri) {
        this.redisPort = Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Holds answers back and forgets what was heard so far. */
    void shut() {
        lock.lock();
        try {
            isOpen = false;
            commands.clear();
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            isOpen = true;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so many commands. */
    List<String> heard(int count) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        while (heard.size() < count) {
            String command = commands.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (command == null) {
                throw new AssertionError("heard only " + heard);
            }
            heard.add(command);
        }
        return heard;
    }

    /** What was heard besides. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        commands.drainTo(rest);
        return rest;
    }

    private void accept() {
        try {
            while (true) {
                Socket node = server.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
                lock.lock();
                try {
                    sockets.addAll(List.of(node, redis));
                } finally {
                    lock.unlock();
                }
                Thread.ofVirtual().start(() -> ask(node, redis));
                Thread.ofVirtual().start(() -> answer(redis, node));
            }
        } catch (IOException closed) {
            open();
        }
    }

    private void ask(Socket node, Socket redis) {
        try {
            InputStream in = new BufferedInputStream(node.getInputStream());
            while (true) {
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                int parts = Integer.parseInt(line(in, raw).substring(1));
                String name = "";
                for (int i = 0; i < parts; i++) {
                    int length = Integer.parseInt(line(in, raw).substring(1));
                    byte[] part = in.readNBytes(length + 2);
                    raw.write(part);
                    name = i == 0 ? new String(part, 0, length, StandardCharsets.UTF_8) : name;
                }
                commands.add(name.toUpperCase(Locale.ROOT));
                redis.getOutputStream().write(raw.toByteArray());
            }
        } catch (IOException closed) {
            open();
        }
    }

    private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("closed");
            }
            raw.write(next);
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        raw.write(next);
        return line.toString();
    }

    private void answer(Socket redis, Socket node) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = redis.getInputStream();
            OutputStream out = node.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitOpen();
                out.write(buffer, 0, length);
            }
        } catch (IOException closed) {
            open();
        }
    }

    private void awaitOpen() {
        lock.lock();
        try {
            while (!isOpen) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        lock.lock();
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
