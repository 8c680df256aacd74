package dev.tollgate.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.InMemoryLeases;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.bootstrap.usage.RememberedLeases;
import dev.tollgate.web.relay.CallDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyNodeTest {
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final Leases leases = new InMemoryLeases(() -> now);
    private final CallDoor door = new CallDoor();

    @Test
    void a_second_node_is_refused_until_the_first_has_stopped() throws IOException {
        OnlyNode first = node("first");
        first.take();
        OnlyNode second = node("second");
        assertThatThrownBy(second::take)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("another node serves on this database")
                .hasMessageContaining("20 s");
        second.giveBack();
        assertThatThrownBy(second::take).isInstanceOf(StartRefused.class);

        first.giveBack();
        assertThatCode(second::take).doesNotThrowAnyException();
        assertThat(folder.resolve("first/leases")).isEmptyFile();
    }

    @Test
    void a_node_has_the_database_for_as_long_as_it_lives() throws IOException {
        OnlyNode first = node("first");
        first.take();
        for (int renewals = 0; renewals < 5; renewals++) {
            now = now.plusSeconds(10);
            first.renew();
        }
        assertThatThrownBy(node("second")::take).isInstanceOf(StartRefused.class);
        assertThat(first.obstacle()).isEmpty();
        assertThat(door.isDraining()).isFalse();
    }

    @Test
    void a_killed_node_starts_again_at_once_on_its_folder_and_elsewhere_after_a_while() throws IOException {
        node("first").take();
        assertThatCode(node("first")::take).doesNotThrowAnyException();

        now = now.plus(FORGOTTEN_AFTER).minusMillis(1);
        assertThatThrownBy(node("second")::take).isInstanceOf(StartRefused.class);
        now = now.plusMillis(1);
        assertThatCode(node("second")::take).doesNotThrowAnyException();
    }

    @Test
    void a_lease_of_another_database_or_a_damaged_file_takes_nothing_over() throws IOException {
        node("first").take();
        for (String remembered : new String[] {"node 1 0", "", "x", "node 1", "node x 0"}) {
            OnlyNode second = node("second");
            Files.writeString(folder.resolve("second/leases"), remembered);
            assertThatThrownBy(second::take).as("'%s'", remembered).isInstanceOf(StartRefused.class);
        }
    }

    @Test
    void a_node_whose_lease_another_took_lets_no_more_calls_in() throws IOException {
        OnlyNode stopped = node("first");
        stopped.take();
        now = now.plus(FORGOTTEN_AFTER);
        OnlyNode second = node("second");
        second.take();

        stopped.renew();
        assertThat(stopped.name()).isEqualTo("lease");
        assertThat(stopped.obstacle()).isPresent();
        assertThat(door.isDraining()).isTrue();
        stopped.giveBack();
        assertThatThrownBy(node("third")::take).isInstanceOf(StartRefused.class);
    }

    private OnlyNode node(String name) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Map<String, String> settings = Map.of("tollgate.data-dir", data.toString());
        return new OnlyNode(new RememberedLeases(leases, GatewaySettings.read(settings::get)), door);
    }
}
