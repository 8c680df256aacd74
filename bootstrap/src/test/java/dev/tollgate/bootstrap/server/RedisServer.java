package dev.tollgate.bootstrap.server;

import dev.tollgate.persistence.server.Ports;
import dev.tollgate.persistence.server.RedisExecutable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Redis of its own, as an operator is told to run it: append-only file synced every second, nothing evicted. */
public final class RedisServer implements AutoCloseable {
    private static final int ANSWER_MILLIS = 1000;

    private final Path folder;
    private final ServerProcess process;

    private RedisServer(Path folder, ServerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts one with its data and its log in this folder, which is made, and waits until it serves. */
    public static RedisServer start(Path folder) {
        return start(folder, "everysec");
    }

    /** The same without syncing its file: it never stops for a busy disk, and still keeps what it had when it is killed. */
    public static RedisServer startUnsynced(Path folder) {
        return start(folder, "no");
    }

    private static RedisServer start(Path folder, String fsync) {
        int port = Ports.free();
        try {
            Files.createDirectories(folder);
            List<String> command = List.of(
                    RedisExecutable.path().toString(),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--dir",
                    folder.toString(),
                    "--save",
                    "",
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    fsync,
                    "--maxmemory-policy",
                    "noeviction");
            RedisServer server =
                    new RedisServer(folder, ServerProcess.start(port, command, folder.resolve("redis.log")));
            server.awaitServing();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return process.port();
    }

    /** What {@code TOLLGATE_REDIS_URI} is set to. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Ends it as {@code kill -9} does: what it had written to its file stays. */
    public void kill() {
        process.kill();
    }

    /** Stops it where it is, connections open. */
    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    /** Starts it on the same data and port, and waits until it has loaded them. */
    public void startAgain() {
        process.startAgain();
        awaitServing();
    }

    /** The append-only file that is written to; a crash of the host may leave any shorter one. */
    public Path appendOnlyFile() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".aof"))
                    .filter(file -> !file.toString().contains(".base."))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no append-only file in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitServing() {
        process.await(this::answersPing);
    }

    private boolean answersPing() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+'; // "-LOADING" while it reads its file
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
