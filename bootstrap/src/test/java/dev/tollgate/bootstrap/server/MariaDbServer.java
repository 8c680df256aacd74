package dev.tollgate.bootstrap.server;

import dev.tollgate.persistence.server.MariaDb;
import dev.tollgate.persistence.server.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB of its own whose commits survive a kill, with one empty schema. */
public final class MariaDbServer implements AutoCloseable {
    private static final String SCHEMA = "tollgate";

    private final ServerProcess process;

    private MariaDbServer(ServerProcess process) {
        this.process = process;
    }

    /** Starts one with its data and its log in this folder and waits until it serves. */
    public static MariaDbServer start(Path folder) {
        int port = Ports.free();
        List<String> command = new ArrayList<>(MariaDb.install(folder));
        command.addAll(List.of(
                "--port=" + port,
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-log-file-size=32M",
                "--innodb-buffer-pool-size=64M",
                "--max-connections=200"));
        MariaDbServer server = new MariaDbServer(ServerProcess.start(port, command, folder.resolve("mariadb.log")));
        server.awaitServing();
        server.makeSchema();
        return server;
    }

    public int port() {
        return process.port();
    }

    /** What {@code TOLLGATE_MYSQL_URL} is set to. */
    public String url() {
        return server() + SCHEMA;
    }

    public String user() {
        return MariaDb.USER;
    }

    /** Ends it as {@code kill -9} does: what was committed stays. */
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

    /** Starts it on the same data and port, and waits until it has recovered them. */
    public void startAgain() {
        process.startAgain();
        awaitServing();
    }

    private void awaitServing() {
        process.await(this::takesConnections);
    }

    private boolean takesConnections() {
        try (Connection connection = DriverManager.getConnection(server(), MariaDb.USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false; // not yet
        }
    }

    private void makeSchema() {
        try (Connection connection = DriverManager.getConnection(server(), MariaDb.USER, "");
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATABASE " + SCHEMA);
        } catch (SQLException e) {
            throw new IllegalStateException("no schema can be made", e);
        }
    }

    private String server() {
        return "jdbc:mysql://127.0.0.1:" + port() + "/";
    }

    @Override
    public void close() {
        process.close();
    }
}
