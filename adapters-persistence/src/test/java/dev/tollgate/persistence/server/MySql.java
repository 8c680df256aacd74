package dev.tollgate.persistence.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The MySQL server that is installed here, for all tests of one run, started when the first of them asks. */
final class MySql {
    private static final String DAEMON = "mysqld";
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private MySql() {}

    /** @return its JDBC URL, without a schema */
    static String url() {
        return Started.URL;
    }

    private static final class Started {
        private static final String URL = start();

        private Started() {}

        private static String start() {
            try {
                Path folder = Files.createTempDirectory("tollgate-mysql");
                int port = Ports.free();
                run(folder, command(folder, "--initialize-insecure"));
                Process server = started(
                        folder,
                        command(
                                folder,
                                "--port=" + port,
                                "--bind-address=127.0.0.1",
                                "--socket=" + folder.resolve("socket"),
                                "--mysqlx=OFF",
                                "--disable-log-bin",
                                "--innodb-flush-log-at-trx-commit=0"));
                Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
                String url = "jdbc:mysql://127.0.0.1:" + port + "/";
                await(url, server, folder);
                return url;
            } catch (IOException e) {
                throw new UncheckedIOException("MySQL does not start", e);
            }
        }

        private static List<String> command(Path folder, String... more) {
            List<String> command =
                    new ArrayList<>(List.of(DAEMON, "--no-defaults", "--datadir=" + folder.resolve("data")));
            if (System.getProperty("user.name").equals("root")) {
                command.add("--user=root");
            }
            command.addAll(List.of(more));
            return command;
        }

        private static Process started(Path folder, List<String> command) throws IOException {
            File log = folder.resolve("log").toFile();
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        }

        private static void run(Path folder, List<String> command) throws IOException {
            Process process = started(folder, command);
            try {
                if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException("MySQL makes no data folder: see the log in " + folder);
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        private static void await(String url, Process server, Path folder) {
            long end = System.nanoTime() + START_MAX.toNanos();
            while (!takesConnections(url)) {
                if (!server.isAlive() || System.nanoTime() - end > 0) {
                    server.destroyForcibly();
                    throw new IllegalStateException("MySQL does not start: see the log in " + folder);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private static boolean takesConnections(String url) {
            try (Connection connection = DriverManager.getConnection(url, MariaDb.USER, "")) {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false; // not yet
            }
        }
    }
}
