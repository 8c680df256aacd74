package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "400,max_tokens: Field required,REQUEST",
        "400,Your credit balance is too low to access the Anthropic API,BALANCE",
        "401,invalid x-api-key,CREDENTIALS",
        "402,Billing,BALANCE",
        "403,No permission,CREDENTIALS",
        "404,model: nope,REQUEST",
        "413,Request exceeds the maximum size,REQUEST",
        "429,Rate limited,RATE_LIMITED",
        "500,Internal,SERVER",
        "504,Timed out,SERVER",
        "529,Overloaded,OVERLOADED"
    })
    void status_and_message_tell_the_kind(int status, String message, Kind kind) {
        assertThat(fault(status, new DefaultHttpHeaders(), message).kind()).isEqualTo(kind);
    }

    @Test
    void the_wait_is_that_of_the_limit_that_is_spent() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("anthropic-ratelimit-requests-remaining", "49")
                .set("anthropic-ratelimit-requests-reset", "2026-11-21T13:00:00Z")
                .set("anthropic-ratelimit-input-tokens-remaining", "0")
                .set("anthropic-ratelimit-input-tokens-reset", "2026-11-21T12:00:40Z");

        assertThat(fault(429, headers, "slow down").retryAt()).isEqualTo(NOW.plusSeconds(40));
        assertThat(fault(429, headers.set("retry-after", "12"), "slow down").retryAt())
                .isEqualTo(NOW.plusSeconds(12));
        assertThat(fault(400, headers, "bad").retryAt()).isNull();
    }

    private static Fault fault(int status, HttpHeaders headers, String message) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"" + message + "\"}}";
        return AnthropicFaults.of(status, headers, body.getBytes(UTF_8), NOW);
    }
}
