package dev.tollgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void every_buffer_is_watched() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void a_buffer_nobody_releases_is_found() {
        leak();

        List<String> found = new ArrayList<>();
        for (int round = 0; round < 100 && found.isEmpty(); round++) {
            found.addAll(LeakCheck.leaks());
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(found).isNotEmpty();
    }

    private static void leak() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(100);
        assertThat(lost.isReadable()).isFalse();
    }
}
