package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.domain.entitlement.PassedOver;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.entitlement.UserPackage.Unfit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");
    private static final Instant NEXT_MINUTE = Instant.parse("2026-11-21T12:01:00Z");
    private static final long DOLLAR = 1_000_000_000;
    private static final Money LEAST = Money.ofNanos(DOLLAR / 2);

    @Test
    void a_cost_limit_that_is_reached_is_no_question_of_waiting() {
        CallError error =
                refused(new LimitName(SubjectKind.PACKAGE, Measure.COST, WindowKind.DAY), 2 * DOLLAR, DOLLAR, DOLLAR);

        assertThat(error.code()).isEqualTo(Code.INSUFFICIENT_QUOTA);
        assertThat(error.status()).isEqualTo(402);
        assertThat(error.retryAfter()).isNull();
        assertThat(error.message())
                .contains("day cost limit of the package", "is reached", "$1 of $2 used", "$1 held")
                .contains("2026-11-21T12:01:00Z")
                .doesNotContain("can cost");
    }

    @Test
    void a_cost_limit_with_too_little_left_says_what_the_call_can_cost() {
        CallError error = refused(
                new LimitName(SubjectKind.CREDIT, Measure.COST, WindowKind.TOTAL), 2 * DOLLAR, DOLLAR, DOLLAR / 2);

        assertThat(error.message())
                .contains("total cost limit of the credit", "too little left", "this call can cost $0.5");
    }

    @Test
    void limits_by_the_minute_say_when_to_come_again() {
        CallError requests = refused(new LimitName(SubjectKind.KEY, Measure.REQUESTS_PER_MINUTE, null), 60, 60, 0);
        CallError tokens = refused(new LimitName(SubjectKind.KEY, Measure.TOKENS_PER_MINUTE, null), 1000, 900, 0);

        assertThat(requests.status()).isEqualTo(429);
        assertThat(requests.message()).contains("requests-per-minute limit of the key", "60 of 60 used");
        assertThat(requests.retryAfter()).isEqualTo(Duration.ofSeconds(31));
        assertThat(tokens.message()).contains("tokens-per-minute limit of the key", "900 of 1000 used");
    }

    @Test
    void requests_of_a_day_count_running_calls_too() {
        CallError error = refused(new LimitName(SubjectKind.KEY, Measure.REQUESTS, WindowKind.DAY), 10, 8, 2);

        assertThat(error.status()).isEqualTo(429);
        assertThat(error.message()).contains("day request limit of the key", "8 of 10 used", "2 held by running calls");
    }

    @Test
    void a_limit_of_calls_at_once_may_be_asked_again_in_a_second() {
        LimitName name = new LimitName(SubjectKind.USER, Measure.CONCURRENCY, null);
        CallError error = Refusals.limit(new Reservation.Refused(-1, name, 3, 3, 0, null), LEAST, NOW);

        assertThat(error.status()).isEqualTo(429);
        assertThat(error.message())
                .contains("limit of concurrent calls of the user")
                .doesNotContain("resets");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_window_that_ends_this_very_moment_is_waited_for_a_second() {
        LimitName name = new LimitName(SubjectKind.KEY, Measure.REQUESTS_PER_MINUTE, null);
        CallError error = Refusals.limit(new Reservation.Refused(-1, name, 3, 3, 0, NOW), LEAST, NOW);

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void who_is_passed_over_is_named_with_the_reason() {
        PayerOrder order = new PayerOrder(
                List.of(),
                List.of(),
                List.of(new PassedOver.OfPackage(new UserPackageId(15), Unfit.NOT_HELD), new PassedOver.Credit()));

        assertThat(Refusals.passedOver(order))
                .containsExactly("Package 15 is passed over: not held.", "There is no credit.");
    }

    private static CallError refused(LimitName name, long limit, long used, long held) {
        return refused(name, limit, used, held, NEXT_MINUTE);
    }

    private static CallError refused(LimitName name, long limit, long used, long held, @Nullable Instant resetsAt) {
        return Refusals.limit(new Reservation.Refused(0, name, limit, used, held, resetsAt), LEAST, NOW);
    }
}
