package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: exit statuses, and what is printed. */
class GatewayProcessTest {
    @Test
    void ends_with_status_0_when_it_is_told_to_and_all_is_settled(@TempDir Path folder) throws Exception {
        GatewayProcess gateway = GatewayProcess.start(folder);
        assertThat(gateway.terminate()).as("%s", gateway.log()).isZero();
        assertThat(Files.readString(gateway.log())).contains("stopped; everything is settled");
        assertThat(Files.readString(gateway.log())).doesNotContain(GatewayProcess.ADMIN_PASSWORD);
    }
}
