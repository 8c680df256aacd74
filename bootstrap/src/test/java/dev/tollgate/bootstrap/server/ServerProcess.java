package dev.tollgate.bootstrap.server;

import dev.tollgate.persistence.server.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own on a port of loopback, which can be killed, frozen and started again. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(150);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int CONNECT_MILLIS = 500;

    private final int port;
    private final List<String> command;
    private final Path log;
    private Process process;

    private ServerProcess(int port, List<String> command, Path log) {
        this.port = port;
        this.command = command;
        this.log = log;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> process.destroyForcibly()));
    }

    /** Starts it without waiting until it serves; what it prints is added to the log. */
    static ServerProcess start(int port, List<String> command, Path log) {
        return new ServerProcess(port, command, log);
    }

    int port() {
        return port;
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

    /** Stops its threads where they are, connections open: SIGSTOP. */
    void freeze() {
        Signals.send(process, "STOP");
    }

    /** Lets it go on: SIGCONT. */
    void thaw() {
        Signals.send(process, "CONT");
    }

    void startAgain() {
        kill();
        process = launch();
    }

    /** Waits until it takes connections and the answer is as wanted. */
    void await(java.util.function.BooleanSupplier isServing) {
        Eventually.holds("port " + port + " serves; see " + log, START_PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server ended by itself with " + process.exitValue() + ": " + log);
            }
            return isListening() && isServing.getAsBoolean();
        });
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Process launch() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    /** Ends it, politely first. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }
}
