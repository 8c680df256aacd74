package dev.tollgate.persistence.sql.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SqlDeploymentTest {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void the_first_start_decides() {
        SqlDeployment deployment = DATABASE.bean(SqlDeployment.class);
        SqlDeployment.Deployment first = deployment.claim(16);

        assertThat(first.shards()).isEqualTo(16);
        assertThat(first.text()).isEqualTo(first.clusterId() + "/16");
        assertThat(deployment.claim(8)).isEqualTo(first);
    }
}
