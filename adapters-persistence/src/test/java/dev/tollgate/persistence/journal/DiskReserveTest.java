package dev.tollgate.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskReserveTest {
    private static final int BYTES = 3 << 20;

    @TempDir
    Path folder;

    private long usable = 1L << 30;

    @Test
    void is_a_file_of_its_size() throws IOException {
        DiskReserve reserve = reserve();
        reserve.keep();

        assertThat(reserve.isKept()).isTrue();
        assertThat(Files.size(file())).isEqualTo(BYTES);
    }

    @Test
    void is_taken_again_only_where_as_much_is_left_beside_it() throws IOException {
        DiskReserve reserve = reserve();
        reserve.keep();
        reserve.giveUp();
        assertThat(reserve.isKept()).isFalse();
        assertThat(file()).doesNotExist();

        usable = 2L * BYTES;
        reserve.keepIfThereIsRoom();
        assertThat(reserve.isKept()).isFalse();
        assertThat(file()).doesNotExist();

        usable = 2L * BYTES + 1;
        reserve.keepIfThereIsRoom();
        assertThat(reserve.isKept()).isTrue();
        assertThat(Files.size(file())).isEqualTo(BYTES);
    }

    @Test
    void is_not_kept_once_its_file_is_gone() throws IOException {
        DiskReserve reserve = reserve();
        reserve.keep();
        Files.delete(file());
        usable = BYTES;
        reserve.keepIfThereIsRoom();

        assertThat(reserve.isKept()).isFalse();
    }

    @Test
    void leaves_nothing_of_what_could_not_be_written() throws IOException {
        Files.createDirectory(file());
        DiskReserve reserve = reserve();

        assertThatThrownBy(reserve::keep).isInstanceOf(IOException.class);
        assertThat(reserve.isKept()).isFalse();
        assertThat(file()).doesNotExist();
    }

    /** Whichever comes first, there is a whole file and it is kept, or neither. */
    @Test
    @Timeout(60)
    void is_kept_just_as_its_file_says_however_it_is_taken_and_given_up() throws Exception {
        DiskReserve reserve = reserve();
        for (int round = 0; round < 50; round++) {
            CompletableFuture<Void> taking = CompletableFuture.runAsync(reserve::keepIfThereIsRoom);
            CompletableFuture<Void> takingToo = CompletableFuture.runAsync(reserve::keepIfThereIsRoom);
            reserve.giveUp();
            CompletableFuture.allOf(taking, takingToo).get(30, TimeUnit.SECONDS);

            assertThat(Files.exists(file())).isEqualTo(reserve.isKept());
        }
    }

    private DiskReserve reserve() {
        return new DiskReserve(folder, BYTES, () -> usable);
    }

    private Path file() {
        return folder.resolve("reserve");
    }
}
