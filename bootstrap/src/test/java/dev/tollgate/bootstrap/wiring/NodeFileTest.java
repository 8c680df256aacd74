package dev.tollgate.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.settings.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFileTest {
    @TempDir
    private Path folder;

    @Test
    void the_id_is_made_once_and_each_process_follows_the_last() {
        NodeFile first = node(Map.of());
        assertThat(first.id()).matches("node-[0-9a-f]{8}");
        assertThat(first.former()).isEqualTo(first.mark());
        first.remember();

        NodeFile second = node(Map.of());
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.former()).isEqualTo(first.mark());
        assertThat(second.mark()).isNotEqualTo(first.mark());
        second.remember();
        assertThat(node(Map.of()).former()).isEqualTo(second.mark());
    }

    @Test
    void an_operators_id_stands_above_the_made_one() {
        NodeFile made = node(Map.of());
        made.remember();

        NodeFile named = node(Map.of("tollgate.node-id", "left"));
        assertThat(named.id()).isEqualTo("left");
        assertThat(named.former()).isEqualTo(made.mark());
        named.remember();
        assertThat(node(Map.of()).id()).isEqualTo(made.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "node-1", "node-12345678", "node-12345678 x", "left 00000000-0000-0000-0000-000000000000"})
    void a_damaged_file_is_as_none(String remembered) throws IOException {
        Files.writeString(folder.resolve("node"), remembered);
        NodeFile node = node(Map.of());
        assertThat(node.id()).matches("node-[0-9a-f]{8}").isNotEqualTo("node-12345678");
        assertThat(node.former()).isEqualTo(node.mark());
    }

    private NodeFile node(Map<String, String> more) {
        return new NodeFile(GatewaySettings.read(
                property -> property.equals("tollgate.data-dir") ? folder.toString() : more.get(property)));
    }
}
