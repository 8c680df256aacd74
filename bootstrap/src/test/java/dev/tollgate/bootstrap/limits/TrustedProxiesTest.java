package dev.tollgate.bootstrap.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which address a relayed call comes from: what a trusted proxy says, read from the right. */
class TrustedProxiesTest {
    private static final String MODEL = "m";

    @RegisterExtension
    static final WholeServer SERVER =
            new WholeServer(Map.of("tollgate.trusted-proxies", "127.0.0.0/8, 10.0.0.0/8, 2001:db8:ffff::/48"));

    private static HoldingUpstream upstream;
    private static String key;

    @BeforeAll
    static void serve() throws IOException {
        upstream = new HoldingUpstream();
        SERVER.world().account("openai", upstream.uri(), Map.of());
        SERVER.world().model(MODEL, "openai", "0", "100");
        long user = SERVER.world().user("ann", "10");
        String open = SERVER.world().key(user, Map.of());
        key = SERVER.world().key(user, Map.of("allowed_ips", List.of("203.0.113.0/24", "2001:db8:1::/48")));
        Eventually.holds(
                "the model is served",
                Duration.ofSeconds(20),
                () -> Wire.CHAT.call(SERVER.uri(), open, MODEL).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        203.0.113.9                          | 200
        198.51.100.7, 203.0.113.9            | 200
        203.0.113.9, 198.51.100.7            | 403
        203.0.113.9, 10.1.2.3                | 200
        203.0.113.9, 10.1.2.3, 127.0.0.9     | 200
        203.0.113.9, 2001:db8:ffff::1        | 200
        203.0.113.9, 198.51.100.7, 10.1.2.3  | 403
        2001:db8:1:2::3                      | 200
        2001:db8:2::3                        | 403
        ::ffff:203.0.113.9                   | 200
        ::ffff:198.51.100.7                  | 403
        203.0.113.999                        | 403
        203.0.113.9, nonsense                | 403
        203.0.113.9, 203.0.113.9:4711        | 403
        """)
    void is_the_last_that_is_no_trusted_proxy(String forwardedFor, int status) {
        assertThat(Wire.CHAT
                        .call(SERVER.uri(), key, MODEL, Map.of("x-forwarded-for", forwardedFor))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void is_the_proxys_own_where_it_says_nothing() {
        assertThat(Wire.MESSAGES.refused(Wire.MESSAGES.call(SERVER.uri(), key, MODEL), Refusal.ADDRESS))
                .contains("your address");
    }
}
