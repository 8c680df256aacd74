package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.account.Fault;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnifiedLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant RESET = Instant.parse("2026-11-23T00:00:00Z");
    private static final byte[] LIMITED =
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"This request would exceed your account's rate limit.\"}}"
                    .getBytes(UTF_8);

    @Test
    void a_spent_week_closes_the_account_until_its_reset() {
        Fault fault = limited(Map.of("5h-status", "allowed", "7d-status", "rejected", "7d-reset", seconds()));

        assertThat(fault.scope()).isEqualTo(Fault.Scope.ACCOUNT);
        assertThat(fault.retryAt()).isEqualTo(RESET);
    }

    @Test
    void a_spent_window_of_one_family_spares_the_account_that_model_only() {
        Fault fault = limited(Map.of(
                "5h-status",
                "allowed",
                "7d-status",
                "allowed_warning",
                "7d_oi-status",
                "rejected",
                "7d_oi-reset",
                seconds()));

        assertThat(fault.scope()).isEqualTo(Fault.Scope.MODEL);
        assertThat(fault.retryAt()).isEqualTo(RESET);
    }

    @Test
    void the_reset_of_the_whole_stands_in_for_one_that_is_not_told() {
        assertThat(limited(Map.of("7d-status", "rejected", "reset", seconds())).retryAt())
                .isEqualTo(RESET);
    }

    @Test
    void overage_is_no_window() {
        assertThat(limited(Map.of("overage-status", "rejected")).scope()).isEqualTo(Fault.Scope.ACCOUNT);
    }

    @Test
    void a_long_retry_after_counts_where_no_reset_is_told() {
        HttpHeaders headers = headers(Map.of("7d-status", "rejected"));
        headers.set("retry-after", "124633");

        assertThat(AnthropicFaults.of(429, headers, LIMITED, NOW).retryAt()).isEqualTo(NOW.plusSeconds(124_633));
    }

    @Test
    void an_answer_paid_as_overage_warns_of_the_next() {
        Fault warning = UnifiedLimits.of(headers(Map.of(
                        "status",
                        "rejected",
                        "7d-status",
                        "rejected",
                        "7d-reset",
                        seconds(),
                        "overage-in-use",
                        "true")))
                .warning(200);

        assertThat(warning).isNotNull();
        assertThat(warning.kind()).isEqualTo(Fault.Kind.RATE_LIMITED);
        assertThat(warning.retryAt()).isEqualTo(RESET);
    }

    @Test
    void an_ordinary_answer_warns_of_nothing() {
        assertThat(UnifiedLimits.of(headers(Map.of("status", "allowed", "7d-status", "allowed")))
                        .warning(200))
                .isNull();
    }

    private static Fault limited(Map<String, String> told) {
        return AnthropicFaults.of(429, headers(told), LIMITED, NOW);
    }

    private static HttpHeaders headers(Map<String, String> told) {
        HttpHeaders headers = new DefaultHttpHeaders();
        told.forEach((name, value) -> headers.set("anthropic-ratelimit-unified-" + name, value));
        return headers;
    }

    private static String seconds() {
        return Long.toString(RESET.getEpochSecond());
    }
}
