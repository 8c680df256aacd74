package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** Midnight in Los Angeles, eight hours behind. */
    private static final Instant NEXT_DAY = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_ARGUMENT | Request contains an invalid argument. | REQUEST",
                "400 | INVALID_ARGUMENT | API key not valid. Please pass a valid API key. | CREDENTIALS",
                "400 | FAILED_PRECONDITION | User location is not supported for the API use. | CREDENTIALS",
                "400 | FAILED_PRECONDITION | Please enable billing on project x. | BALANCE",
                "401 | UNAUTHENTICATED | Request had invalid authentication credentials. | CREDENTIALS",
                "403 | PERMISSION_DENIED | Method doesn't allow unregistered callers. | CREDENTIALS",
                "403 | PERMISSION_DENIED | You do not have permission to access the File x or it may not exist. | REQUEST",
                "404 | NOT_FOUND | models/x is not found for API version v1beta. | REQUEST",
                "429 | RESOURCE_EXHAUSTED | You exceeded your current quota. | RATE_LIMITED",
                "429 | RESOURCE_EXHAUSTED | Your prepayment credits are depleted. | BALANCE",
                "500 | INTERNAL | An internal error has occurred. | SERVER",
                "503 | UNAVAILABLE | The model is overloaded. | OVERLOADED",
                "504 | DEADLINE_EXCEEDED | The request timed out. | SERVER",
            })
    void are_told_by_status_and_message(int status, String word, String message, Fault.Kind kind) {
        Fault fault = fault(status, error(status, word, message, ""));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.message()).contains(word).contains(message);
    }

    @Test
    void know_a_bad_key_by_its_reason_in_any_language() {
        String details = "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}";

        assertThat(fault(400, error(400, "INVALID_ARGUMENT", "Clé non valide.", details))
                        .kind())
                .isEqualTo(Fault.Kind.CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource({
        "GenerateRequestsPerMinutePerProjectPerModel-FreeTier, 34.4s, 2026-11-21T12:00:34.400Z, MODEL",
        "GenerateRequestsPerMinutePerProject, 34s, 2026-11-21T12:00:34Z, ACCOUNT",
    })
    void wait_as_long_as_the_body_says(String quota, String delay, Instant until, Fault.Scope scope) {
        Fault fault = fault(429, exhausted(quota, delay));

        assertThat(fault.retryAt()).isEqualTo(until);
        assertThat(fault.scope()).isEqualTo(scope);
    }

    @Test
    void wait_for_the_next_day_where_the_day_is_spent() {
        String daily = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";

        assertThat(fault(429, exhausted(daily, "34s")).retryAt()).isEqualTo(NEXT_DAY);
        assertThat(fault(429, exhausted(daily, "90000s")).retryAt()).isEqualTo(NOW.plusSeconds(90_000));
    }

    @Test
    void wait_as_long_as_the_message_says() {
        String message = "You exceeded your current quota.\\nPlease retry in 7.5s.";

        assertThat(fault(429, error(429, "RESOURCE_EXHAUSTED", message, "")).retryAt())
                .isEqualTo(NOW.plusMillis(7_500));
    }

    @Test
    void are_read_inside_an_array_too() {
        assertThat(fault(429, "[" + exhausted("x", "1s") + "]").retryAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void are_told_by_the_status_alone_where_the_body_is_a_page() {
        assertThat(fault(404, "<html>not found</html>").kind()).isEqualTo(Fault.Kind.REQUEST);
        assertThat(fault(502, "").kind()).isEqualTo(Fault.Kind.SERVER);
    }

    @ParameterizedTest
    @CsvSource({"gemini.generateContent.n030.gemini-503-unavailable,OVERLOADED,"})
    void quoted_answers_are_what_they_say(String id, Fault.Kind kind, Instant retryAt) {
        Recording quoted = Corpus.recording(id).orElse(null);
        assumeTrue(quoted != null, "the corpus lies beside the checkout");

        Fault fault = GeminiFaults.of(quoted.status(), quoted.wireHeaders(), quoted.body(), NOW);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.retryAt()).isEqualTo(retryAt);
    }

    @Test
    void have_the_status_of_their_name_inside_a_success() {
        StreamError error = GeminiFaults.inStream(
                "{}".getBytes(UTF_8), Map.of("status", "UNAVAILABLE", "message", "Overloaded."), NOW);

        assertThat(error.status()).isEqualTo(503);
        assertThat(error.fault().kind()).isEqualTo(Fault.Kind.OVERLOADED);
    }

    private static Fault fault(int status, String body) {
        return GeminiFaults.of(status, new DefaultHttpHeaders(), body.getBytes(UTF_8), NOW);
    }

    private static String exhausted(String quota, String delay) {
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota.",
                "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":\"" + quota
                        + "\"}]},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay
                        + "\"}");
    }

    private static String error(int status, String word, String message, String details) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + word
                + "\",\"details\":[" + details + "]}}";
    }
}
