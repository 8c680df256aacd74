package dev.tollgate.persistence.redis;

import dev.tollgate.persistence.server.Ports;
import dev.tollgate.persistence.server.RedisExecutable;
import dev.tollgate.persistence.server.Signals;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One Redis process of a test's own, which can be killed, frozen, made to lose data, and started again. */
final class RedisProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WITH_LOCKED_DEBUG = 7;

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisProcess(Path folder, List<String> settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Ports.free();
        String executable = RedisExecutable.path().toString();
        this.command = new ArrayList<>(List.of(executable, "--bind", "127.0.0.1", "--port", "" + port));
        command.addAll(List.of("--dir", folder.toString(), "--save", "", "--maxmemory-policy", "noeviction"));
        if (RedisExecutable.major() >= WITH_LOCKED_DEBUG) {
            command.addAll(List.of("--enable-debug-command", "local"));
        }
        command.addAll(settings);
        this.process = launch();
    }

    /** @param settings as on the command line: {@code --appendonly}, {@code yes} and so on */
    static RedisProcess start(Path folder, String... settings) {
        try {
            return new RedisProcess(folder, List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What it answered is in its file before, and survives a kill. It never syncs: with {@code everysec} it puts off even
     * the writing while a slow disk syncs, and a host that dies is what {@link #truncate} plays.
     */
    static RedisProcess durable(Path folder) {
        return start(folder, "--appendonly", "yes", "--appendfsync", "no");
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Tells it something on a connection of its own. */
    <T> T tell(Function<RedisCommands<String, String>, T> order) {
        RedisURI uri = RedisURI.create(uri());
        uri.setTimeout(PATIENCE);
        RedisClient client = RedisClient.create(uri);
        try (var connection = client.connect()) {
            return order.apply(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    /** Has it do something that it answers with OK. */
    void order(Function<RedisCommands<String, String>, String> order) {
        String answer = tell(order);
        if (!answer.equals("OK")) {
            throw new AssertionError(answer);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        try {
            int unused = process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void freeze() {
        Signals.send(process, "STOP");
    }

    void thaw() {
        Signals.send(process, "CONT");
    }

    /** Starts it on its data, and waits until it has loaded them. */
    void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long the append-only file is. */
    long written() {
        try {
            return Files.size(appendOnlyFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses what was written last, as a crash of the host does. */
    void truncate(long size) {
        try (RandomAccessFile file = new RandomAccessFile(appendOnlyFile().toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path appendOnlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".aof"))
                    .filter(file -> !file.toString().contains(".base."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Process launch() throws IOException {
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("redis.log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(launched::destroyForcibly));
        long begun = System.nanoTime();
        while (!serves()) {
            if (!launched.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "Redis does not start: " + Files.readString(folder.resolve("redis.log")));
            }
            Thread.onSpinWait();
        }
        return launched;
    }

    private boolean serves() {
        try {
            return tell(RedisCommands::ping).equals("PONG");
        } catch (RedisException e) {
            return false; // not listening yet, or loading
        }
    }

    @Override
    public void close() {
        kill();
    }
}
