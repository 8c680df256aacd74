package dev.tollgate.persistence.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {
    @TempDir
    Path folder;

    @Test
    void generates_a_key_once_that_only_its_owner_can_read() throws IOException {
        SecretKey generated = SecretKeyFile.in(folder);

        assertThat(SecretKeyFile.in(folder).base64()).isEqualTo(generated.base64());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        assertThat(generated.toString()).doesNotContain(generated.base64());
    }

    @Test
    void does_not_replace_a_file_that_is_damaged() throws IOException {
        Files.writeString(folder.resolve("secret.key"), "not a key");

        assertThatThrownBy(() -> SecretKeyFile.in(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void a_key_is_32_random_bytes() {
        assertThatThrownBy(() -> SecretKey.of(Base64.getEncoder().encodeToString(new byte[31])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SecretKey.of(Base64.getEncoder().encodeToString(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SecretKey.of("***")).isInstanceOf(IllegalArgumentException.class);
    }
}
