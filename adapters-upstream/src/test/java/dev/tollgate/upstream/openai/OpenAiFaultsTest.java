package dev.tollgate.upstream.openai;

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

class OpenAiFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "400,invalid_value,REQUEST",
        "401,invalid_api_key,CREDENTIALS",
        "403,unsupported_country_region_territory,CREDENTIALS",
        "404,model_not_found,REQUEST",
        "413,,REQUEST",
        "422,,REQUEST",
        "429,rate_limit_exceeded,RATE_LIMITED",
        "429,insufficient_quota,BALANCE",
        "429,credit_balance_exhausted,BALANCE",
        "500,server_error,SERVER",
        "502,,SERVER",
        "503,,OVERLOADED",
        "307,,SERVER"
    })
    void status_and_code_tell_the_kind(int status, String code, Kind kind) {
        String body = "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":"
                + (code == null ? "null" : "\"" + code + "\"") + "}}";

        assertThat(fault(status, new DefaultHttpHeaders(), body).kind()).isEqualTo(kind);
    }

    @Test
    void the_wait_is_taken_from_headers_then_words_then_spent_limits() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("x-ratelimit-remaining-requests", "10")
                .set("x-ratelimit-reset-requests", "6m0s")
                .set("x-ratelimit-remaining-tokens", "0")
                .set("x-ratelimit-reset-tokens", "8.64s");
        assertThat(retryAt(headers, "{}")).isEqualTo(NOW.plusMillis(8_640));
        String words = "{\"error\":{\"message\":\"Please try again in 174ms.\"}}";
        assertThat(retryAt(headers, words)).isEqualTo(NOW.plusMillis(174));
        assertThat(retryAt(headers.set("retry-after", "3"), words)).isEqualTo(NOW.plusSeconds(3));
        assertThat(retryAt(headers.set("retry-after-ms", "1500"), words)).isEqualTo(NOW.plusMillis(1500));
        assertThat(retryAt(new DefaultHttpHeaders().set("retry-after", "-1"), "{}"))
                .isNull();
    }

    @Test
    void azures_words_are_understood_too() {
        String limited = "{\"error\":{\"code\":\"RateLimitReached\",\"message\":\"m\",\"details\":\"m\"}}";
        HttpHeaders headers = new DefaultHttpHeaders().set("retry-after", "1").set("retry-after-ms", "0");
        assertThat(retryAt(headers, limited)).isEqualTo(NOW.plusSeconds(1));
        HttpHeaders spent = new DefaultHttpHeaders()
                .set("x-ratelimit-remaining-tokens", "0")
                .set("x-ratelimit-reset-tokens", "42");
        assertThat(retryAt(spent, limited)).isEqualTo(NOW.plusSeconds(42));
        assertThat(fault(401, headers, "{\"error\":{\"code\":\"401\",\"message\":\"m\"}}")
                        .kind())
                .isEqualTo(Kind.CREDENTIALS);
        assertThat(fault(400, headers, "{\"error\":{\"code\":\"content_filter\",\"status\":400}}")
                        .kind())
                .isEqualTo(Kind.REQUEST);
    }

    @Test
    void a_deployment_that_is_not_there_is_about_the_accounts_model_only() {
        Fault fault = fault(404, new DefaultHttpHeaders(), "{\"error\":{\"code\":\"DeploymentNotFound\"}}");

        assertThat(fault.kind().isRetryable()).isTrue();
        assertThat(fault.scope()).isEqualTo(Fault.Scope.MODEL);
    }

    @Test
    void the_message_is_bounded() {
        String body = "{\"error\":{\"message\":\"" + "x".repeat(100_000) + "\"}}";

        assertThat(fault(500, new DefaultHttpHeaders(), body).message()).hasSizeLessThan(1000);
    }

    private static Instant retryAt(HttpHeaders headers, String body) {
        return fault(429, headers, body).retryAt();
    }

    private static Fault fault(int status, HttpHeaders headers, String body) {
        return OpenAiFaults.of(status, headers, body.getBytes(UTF_8), NOW);
    }
}
