package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private static final Instant EVENING_UTC = Instant.parse("2026-11-21T18:00:00Z");
    private static final KeyLimits OF_KEY =
            new KeyLimits(60, 9_000, 4, 500, Money.ofNanos(1), Money.ofNanos(2), Money.ofNanos(3));
    private static final UserLimits OF_USER = new UserLimits(7, 80, Money.ofNanos(4), Money.ofNanos(5));

    @Test
    void every_cost_limit_of_user_and_key_is_met_in_its_window() {
        CallLimits limits = CallLimits.of(holder(OF_KEY, OF_USER), EVENING_UTC);

        assertThat(limits.isCostLimited()).isTrue();
        assertThat(limits.costs())
                .extracting(
                        CostLimit::subject,
                        limit -> limit.window().kind(),
                        limit -> limit.limit().nanos())
                .containsExactly(
                        Tuple.tuple(Calls.OF_USER, WindowKind.DAY, 4L),
                        Tuple.tuple(Calls.OF_USER, WindowKind.MONTH, 5L),
                        Tuple.tuple(Calls.OF_KEY, WindowKind.DAY, 1L),
                        Tuple.tuple(Calls.OF_KEY, WindowKind.MONTH, 2L),
                        Tuple.tuple(Calls.OF_KEY, WindowKind.TOTAL, 3L));
    }

    @Test
    void limits_of_nothing_are_none() {
        CallLimits limits = CallLimits.of(holder(KeyLimits.NONE, UserLimits.NONE), EVENING_UTC);

        assertThat(limits.isCostLimited()).isFalse();
        assertThat(limits.costs()).hasSize(5).allMatch(CostLimit::isNone);
        assertThat(limits.rates())
                .allMatch(rate ->
                        rate.rpm() == 0 && rate.tpm() == 0 && rate.concurrency() == 0 && rate.dailyRequests() == 0);
    }

    @Test
    void rates_and_calls_at_once_are_met_for_the_user_and_for_the_key() {
        CallLimits limits = CallLimits.of(holder(OF_KEY, OF_USER), EVENING_UTC);

        assertThat(limits.rates())
                .extracting(RateLimits::subject, RateLimits::rpm, RateLimits::concurrency, RateLimits::tpm)
                .containsExactly(Tuple.tuple(Calls.OF_USER, 80L, 7, 0L), Tuple.tuple(Calls.OF_KEY, 60L, 4, 9_000L));
        assertThat(limits.rates().getLast().dailyRequests()).isEqualTo(500);
    }

    @Test
    void a_day_is_the_users_own_and_counted_in_whether_or_not_it_is_limited() {
        CallLimits limits = CallLimits.of(holder(KeyLimits.NONE, UserLimits.NONE), EVENING_UTC);

        assertThat(limits.windows())
                .allSatisfy(windows -> assertThat(windows.windows())
                        .extracting(window -> window.kind())
                        .containsExactly(WindowKind.DAY, WindowKind.MONTH, WindowKind.TOTAL));
        assertThat(limits.rates().getFirst().day().start()).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
    }

    private static KeyHolder holder(KeyLimits ofKey, UserLimits ofUser) {
        User utc = CallersAndCalls.user(BillingMode.PREPAID, null, ofUser);
        User shanghai = new User(
                utc.id(),
                utc.username(),
                utc.email(),
                utc.role(),
                utc.active(),
                utc.billingMode(),
                utc.multiplier(),
                utc.limits(),
                utc.limitsVersion(),
                HomeZone.of(ZoneId.of("Asia/Shanghai")),
                utc.groups());
        return new KeyHolder(CallersAndCalls.key(ofKey, null, BillingType.ANY, null), shanghai);
    }
}
