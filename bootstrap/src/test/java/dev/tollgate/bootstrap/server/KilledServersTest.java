package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers that tests kill come back with what they were told to keep. */
class KilledServersTest {
    @TempDir
    private Path folder;

    @Test
    void a_killed_redis_has_what_it_answered() throws Exception {
        try (RedisServer redis = RedisServer.start(folder)) {
            var client = io.lettuce.core.RedisClient.create(redis.uri());
            try (var connection = client.connect()) {
                assertThat(connection.sync().set("kept", "yes")).isEqualTo("OK");
                redis.kill();
                redis.startAgain();
                assertThat(connection.sync().get("kept")).isEqualTo("yes");
            } finally {
                client.shutdown();
            }
            assertThat(redis.appendOnlyFile()).isNotEmptyFile();
        }
    }

    @Test
    void a_killed_mariadb_has_what_was_committed() throws Exception {
        try (MariaDbServer server = MariaDbServer.start(folder)) {
            try (var connection = DriverManager.getConnection(server.url(), server.user(), "");
                    var statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE kept (id INT PRIMARY KEY)");
                statement.executeUpdate("INSERT INTO kept VALUES (7)");
            }
            server.kill();
            server.startAgain();
            try (var connection = DriverManager.getConnection(server.url(), server.user(), "");
                    var rows = connection.createStatement().executeQuery("SELECT id FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
        }
    }
}
