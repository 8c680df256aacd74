package dev.tollgate.bootstrap.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryLeases;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.Leases.Lease;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedLeasesTest {
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private final Leases leases = new InMemoryLeases(() -> NOW);

    @Test
    void a_killed_process_is_followed_at_once_on_its_folder_and_only_there() throws IOException {
        Leases killed = process("first");
        Lease drain = killed.take("drain", TIME).orElseThrow();
        assertThat(killed.take("sweep", TIME)).isPresent();

        assertThat(process("second").take("drain", TIME)).isEmpty();
        Leases next = process("first");
        assertThat(next.take("drain", TIME).orElseThrow().fence()).isGreaterThan(drain.fence());
        assertThat(next.take("sweep", TIME)).isPresent();
        assertThat(killed.renew(drain, TIME)).isEmpty();
    }

    @Test
    void a_process_does_not_end_its_own_leases() throws IOException {
        Leases process = process("first");
        assertThat(process.take("drain", TIME)).isPresent();

        assertThat(process.take("drain", TIME)).isEmpty();
    }

    @Test
    void what_another_has_taken_since_is_left_to_it() throws IOException {
        Lease taken = process("first").take("drain", TIME).orElseThrow();
        leases.giveBack(taken);
        assertThat(process("second").take("drain", TIME)).isPresent();

        assertThat(process("first").take("drain", TIME)).isEmpty();
    }

    @Test
    void a_lease_that_cannot_be_remembered_is_held_all_the_same() throws IOException {
        Leases process = process("first");
        assertThat(process.take("drain", TIME)).isPresent();
        Files.delete(folder.resolve("first/leases"));
        Files.createDirectories(folder.resolve("first/leases/in-the-way"));

        assertThat(process.take("sweep", TIME)).isPresent();
    }

    private Leases process(String name) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Map<String, String> settings = Map.of("tollgate.data-dir", data.toString());
        return new RememberedLeases(leases, GatewaySettings.read(settings::get));
    }
}
