package dev.tollgate.upstream.openai;

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

    @ParameterizedTest
    @CsvSource({
        "openai.chat_completions.n024.openai-429-tpm,RATE_LIMITED,2026-11-21T12:00:00.174Z",
        "openai.chat_completions.n025.openai-429-rpm-legacy,RATE_LIMITED,2026-11-21T12:00:00.006Z",
        "openai.chat_completions.n026.openai-429-insufficient-quota,BALANCE,",
        "azure-openai.chat_completions.n013.azure-400-content-filter,REQUEST,",
        "azure-openai.chat_completions.n014.azure-400-content-filter-noinner,REQUEST,"
    })
    void quoted_answers_are_what_they_say(String id, Kind kind, Instant retryAt) {
        Recording quoted = Corpus.recording(id).orElse(null);
        assumeTrue(quoted != null, "the corpus lies beside the checkout");

        Fault fault = OpenAiFaults.of(quoted.status(), quoted.wireHeaders(), quoted.body(), NOW);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.retryAt()).isEqualTo(retryAt);
    }

    @Test
    void a_deployment_that_is_not_there_is_about_the_accounts_model_only() {
        Fault fault = fault(404, new DefaultHttpHeaders(), "{\"error\":{\"code\":\"DeploymentNotFound\"}}");

        assertThat(fault.kind().isRetryable()).isTrue();
        assertThat(fault.scope()).isEqualTo(Fault.Scope.MODEL);
    }

    @Test
    void a_project_that_may_not_use_a_model_may_use_others() {
        String body =
                "{\"error\":{\"message\":\"Project x does not have access to model y\",\"code\":\"model_not_found\"}}";

        Fault fault = fault(403, new DefaultHttpHeaders(), body);

        assertThat(fault.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(fault.scope()).isEqualTo(Fault.Scope.MODEL);
        assertThat(fault(403, new DefaultHttpHeaders(), "{}").scope()).isEqualTo(Fault.Scope.ACCOUNT);
    }

    @Test
    void a_request_beyond_the_accounts_whole_limit_does_not_send_the_account_away() {
        String message = "Request too large for gpt-4.1 in organization org-x on tokens per min (TPM): Limit 30000, "
                + "Requested 35364. The input or output tokens must be reduced in order to run successfully.";
        String error = "{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\",\"message\":\"" + message + "\"}";

        Fault fault = fault(429, new DefaultHttpHeaders(), "{\"error\":" + error + "}");

        assertThat(fault.kind()).isEqualTo(Kind.SERVER);
        assertThat(fault.kind().isRetryable()).isTrue();
        assertThat(fault.retryAt()).isNull();
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
