package dev.tollgate.bootstrap.server;

import dev.tollgate.persistence.server.Ports;
import dev.tollgate.persistence.server.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own, which can be killed and started again on the same data folder. */
public final class GatewayProcess {
    public static final String ADMIN_PASSWORD = "an-admin-password-of-the-test";

    private static final int LAST_LINES = 5;
    private static final Duration START_PATIENCE = Duration.ofSeconds(150);

    private final Path folder;
    private final Map<String, String> more;
    private final List<String> options;
    private final int port;
    private final int managementPort;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process process;

    private GatewayProcess(Path folder, Map<String, String> more, List<String> options, int port, int managementPort)
            throws IOException {
        this.folder = folder;
        this.more = more;
        this.options = options;
        this.port = port;
        this.managementPort = managementPort;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> process.destroyForcibly()));
    }

    /** Starts a gateway with its data in a folder and waits until it is ready. */
    public static GatewayProcess start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** With further settings, by the names of their environment variables. */
    public static GatewayProcess start(Path folder, Map<String, String> more) throws IOException {
        return start(folder, more, List.of());
    }

    /** With further options of the {@code java} that runs it. */
    static GatewayProcess start(Path folder, Map<String, String> more, List<String> options) throws IOException {
        GatewayProcess gateway = new GatewayProcess(folder, more, options, Ports.free(), Ports.free());
        try {
            gateway.awaitReady();
            return gateway;
        } catch (AssertionError e) {
            Process unused = gateway.process.destroyForcibly();
            throw e;
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path log() {
        return folder.resolve("gateway.log");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        int unused = process.destroyForcibly().waitFor();
    }

    /** Stops its threads where they are, connections open. */
    public void freeze() {
        Signals.send(process, "STOP");
    }

    public void thaw() {
        Signals.send(process, "CONT");
    }

    /** Asks the process to end, as {@code kill} does. */
    public void askToEnd() {
        process.destroy();
    }

    /** Waits for the process' end. @return its exit status */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks the process to end and waits. @return its exit status */
    public int terminate() throws InterruptedException {
        askToEnd();
        return awaitEnd();
    }

    public void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Waits until it takes calls. */
    public void awaitReady() {
        Eventually.holds("ready; see " + log(), START_PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "the gateway ended by itself with " + process.exitValue() + ": " + lastWords());
            }
            return isReady();
        });
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return e + " for " + log();
        }
    }

    /** Whether it takes calls. */
    public boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri().resolve("/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml"));
        command.addAll(options);
        command.addAll(QuickStart.options());
        command.add("dev.tollgate.bootstrap.Main");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment()
                .putAll(Map.of(
                        "TOLLGATE_DATA_DIR", folder.resolve("data").toString(),
                        "TOLLGATE_PORT", Integer.toString(port),
                        "TOLLGATE_MANAGEMENT_PORT", Integer.toString(managementPort),
                        "TOLLGATE_ADMIN_PASSWORD", ADMIN_PASSWORD,
                        "TOLLGATE_ALLOW_PRIVATE_UPSTREAMS", "true"));
        builder.environment().putAll(more);
        return builder.start();
    }
}
