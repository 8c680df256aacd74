package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.CallStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    private static final byte[] BODY = "no such tool".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, , 504, TIMEOUT",
        "CONNECT, , 502, UPSTREAM_ERROR",
        "UNKNOWN, , 502, UPSTREAM_ERROR",
        "BROKEN, 200, 502, UPSTREAM_ERROR",
        "RATE_LIMITED, 429, 429, UPSTREAM_ERROR",
        "OVERLOADED, 529, 529, UPSTREAM_ERROR",
        "SERVER, 500, 500, UPSTREAM_ERROR",
        "CREDENTIALS, 401, 503, UPSTREAM_ERROR",
        "BALANCE, 402, 503, UPSTREAM_ERROR"
    })
    void is_told_with_a_status_of_its_kind(Fault.Kind kind, @Nullable Integer upstreams, int told, CallStatus status) {
        Failure failure = Failure.of(failed(kind, upstreams, null, List.of()));

        assertThat(failure.httpStatus()).isEqualTo(told);
        assertThat(failure.callStatus()).isEqualTo(status);
    }

    @Test
    void never_repeats_the_providers_words_about_its_account() {
        Failure failure = Failure.of(failed(Fault.Kind.CREDENTIALS, 401, null, List.of()));

        assertThat(failure.outcome(List.of()))
                .isInstanceOfSatisfying(
                        RelayOutcome.Refused.class,
                        refused -> assertThat(refused.error().message()).doesNotContain("words for operators"));
    }

    @Test
    void of_the_request_itself_goes_back_byte_for_byte_in_the_callers_own_dialect() {
        Failure failure = Failure.of(failed(Fault.Kind.REQUEST, 422, null, List.of()));

        assertThat(failure.httpStatus()).isEqualTo(422);
        assertThat(failure.outcome(List.of()))
                .isInstanceOfSatisfying(
                        RelayOutcome.Answered.class,
                        answered -> assertThat(answered.body()).isEqualTo(BODY));
    }

    @ParameterizedTest
    @CsvSource({"404, MODEL_NOT_FOUND", "413, REQUEST_TOO_LARGE", "400, INVALID_REQUEST", "422, INVALID_REQUEST"})
    void of_the_request_itself_keeps_status_and_words_in_another_dialect(int status, Code code) {
        Failure failure = Failure.of(failed(Fault.Kind.REQUEST, status, "no such tool", List.of()));

        assertThat(failure.outcome(List.of())).isInstanceOfSatisfying(RelayOutcome.Refused.class, refused -> {
            assertThat(refused.error().status()).isEqualTo(status);
            assertThat(refused.error().code()).isEqualTo(code);
            assertThat(refused.error().message()).isEqualTo("no such tool");
        });
    }

    @Test
    void passes_on_a_wait_in_whole_seconds_and_no_other() {
        Header seconds = new Header("Retry-After", "17");
        Header date = new Header("retry-after", "Sat, 21 Nov 2026 12:00:00 GMT");

        assertThat(retryAfter(seconds)).isEqualTo(Duration.ofSeconds(17));
        assertThat(retryAfter(date)).isNull();
    }

    private static @Nullable Duration retryAfter(Header header) {
        Failure failure = Failure.of(failed(Fault.Kind.RATE_LIMITED, 429, null, List.of(header)));
        return ((RelayOutcome.Refused) failure.outcome(List.of())).error().retryAfter();
    }

    private static Answer.Failed failed(
            Fault.Kind kind, @Nullable Integer status, @Nullable String words, List<Header> headers) {
        return new Answer.Failed(
                new Fault(kind, status, null, "words for operators"),
                new AnswerHead(status == null ? 502 : status, headers),
                BODY,
                words);
    }
}
