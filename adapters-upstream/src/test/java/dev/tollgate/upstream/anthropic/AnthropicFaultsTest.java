package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** When the recording with a reset was made. */
    private static final Instant QUOTED = Instant.parse("2024-03-26T19:59:59Z");

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

    @ParameterizedTest
    @CsvSource({
        "anthropic.messages.n041.anthropic-429-org-itpm,RATE_LIMITED,",
        "anthropic.messages.n042.anthropic-429-rpm-headers,RATE_LIMITED,2024-03-26T20:00:00Z",
        "anthropic.messages.n043.anthropic-529-overloaded,OVERLOADED,",
        "anthropic-oauth.messages.n001.claude-oauth-429-account,RATE_LIMITED,",
        "anthropic-oauth.messages.n002.claude-oauth-429-unified-7d,RATE_LIMITED,2024-03-28T06:37:12Z",
        "anthropic-oauth.messages.n004.claude-oauth-401-expired,CREDENTIALS,",
        "anthropic-oauth.messages.n005.claude-oauth-401-invalid,CREDENTIALS,",
        "anthropic-oauth.messages.n006.claude-oauth-400-credential-scope,CREDENTIALS,"
    })
    void quoted_answers_are_what_they_say(String id, Kind kind, Instant retryAt) {
        Recording quoted = Corpus.recording(id).orElse(null);
        assumeTrue(quoted != null, "the corpus lies beside the checkout");

        Fault fault = AnthropicFaults.of(quoted.status(), quoted.wireHeaders(), quoted.body(), QUOTED);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.retryAt()).isEqualTo(retryAt);
    }

    private static Fault fault(int status, HttpHeaders headers, String message) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"" + message + "\"}}";
        return AnthropicFaults.of(status, headers, body.getBytes(UTF_8), NOW);
    }
}
