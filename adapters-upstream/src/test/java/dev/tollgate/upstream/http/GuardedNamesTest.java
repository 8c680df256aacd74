package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.account.AddressRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedNamesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** More than may wait for a look-up. */
    private static final int AT_ONCE = 1_000;

    private final GuardedNames names = new GuardedNames(new AddressRules(true));

    @AfterEach
    void close() {
        names.close();
    }

    @Test
    void an_address_is_not_looked_up() throws Exception {
        names.close();

        assertThat(names.resolve("127.0.0.1", LONG)).hasSize(1).allMatch(InetAddress::isLoopbackAddress);
        assertThat(names.resolve("::1", LONG)).hasSize(1).allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void an_address_that_is_not_public_is_refused_however_it_is_written() {
        GuardedNames guarded = new GuardedNames(new AddressRules(false));
        for (String host : List.of("127.0.0.1", "::1", "::ffff:10.0.0.1", "localhost", "0x7f.1", "2130706433")) {
            assertThatThrownBy(() -> guarded.resolve(host, LONG)).as(host).isInstanceOf(ConnectFailed.class);
        }
        guarded.close();
    }

    @Test
    void any_number_may_ask_for_one_name_at_once() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<InetAddress>>> all = new ArrayList<>();
            for (int caller = 0; caller < AT_ONCE; caller++) {
                all.add(callers.submit(() -> names.resolve("localhost", LONG)));
            }
            for (Future<List<InetAddress>> each : all) {
                assertThat(each.get()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
            }
        }
    }

    @Test
    void an_unknown_name_is_told_and_asked_for_again_the_next_time() {
        for (int asked = 0; asked < 2; asked++) {
            assertThatThrownBy(() -> names.resolve("no-such-host.invalid", LONG))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("unknown host no-such-host.invalid");
        }
    }
}
