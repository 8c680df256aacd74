package dev.tollgate.web.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrossOriginTest {
    private static final RelayServer SERVER = new RelayServer(Map.of(
            "micronaut.server.cors.enabled",
            true,
            "micronaut.server.cors.configurations.tollgate.allowed-origins",
            List.of("https://app.test"),
            "micronaut.server.cors.configurations.tollgate.allow-credentials",
            false,
            "micronaut.server.cors.configurations.tollgate.exposed-headers",
            List.of("x-request-id")));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void a_known_origin_is_let_in_without_a_key() throws Exception {
        String answer = preflight("https://app.test");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("access-control-allow-origin: https://app.test")
                .containsIgnoringCase("access-control-allow-headers: authorization")
                .doesNotContainIgnoringCase("access-control-allow-credentials");
    }

    @Test
    void any_other_origin_is_told_nothing() throws Exception {
        assertThat(preflight("https://evil.test")).doesNotContainIgnoringCase("access-control-allow");
    }

    private static String preflight(String origin) throws Exception {
        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream()
                    .write(("OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: t\r\norigin: " + origin
                                    + "\r\naccess-control-request-method: POST\r\n"
                                    + "access-control-request-headers: authorization\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
