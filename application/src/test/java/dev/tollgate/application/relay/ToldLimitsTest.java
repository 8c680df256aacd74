package dev.tollgate.application.relay;

import static dev.tollgate.application.usage.Calls.DAY;
import static dev.tollgate.application.usage.Calls.OF_KEY;
import static dev.tollgate.application.usage.Calls.OF_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldLimitsTest {
    private static final Instant MINUTE_ENDS = SteppedClock.NOON.plusSeconds(60);
    private static final Money DOLLAR = Money.ofDollars("1");
    private static final CallLimits LIMITS = new CallLimits(
            List.of(new CostLimit(OF_KEY, DAY, DOLLAR, 0)),
            List.of(new RateLimits(OF_USER, 0, 0, 0, 0, DAY), new RateLimits(OF_KEY, 10, 1_000, 5, 100, DAY)),
            List.of());

    @Test
    void each_limit_that_is_set_is_told_with_what_is_gone_of_it() {
        Spent spent = new Spent(Money.ofNanos(3), Money.ofNanos(2));
        Pace pace = new Pace(MINUTE_ENDS, 4, 700, 2, Map.of(DAY.key(), new Pace.Requests(9, 1)));
        ToldLimits told = new ToldLimits(Map.of(OF_KEY, Map.of(DAY.key(), spent)), Map.of(OF_KEY, pace));

        assertThat(told.of(LIMITS))
                .containsExactly(
                        new KeyLimit.OfMoney(name(Measure.COST, WindowKind.DAY), DOLLAR, spent, DAY.end()),
                        new KeyLimit.OfCount(name(Measure.REQUESTS, WindowKind.DAY), 100, 9L, 1L, DAY.end()),
                        new KeyLimit.OfCount(name(Measure.REQUESTS_PER_MINUTE, null), 10, 4L, 0L, MINUTE_ENDS),
                        new KeyLimit.OfCount(name(Measure.TOKENS_PER_MINUTE, null), 1_000, 700L, 0L, MINUTE_ENDS),
                        new KeyLimit.OfCount(name(Measure.CONCURRENCY, null), 5, 2L, 0L, null));
    }

    @Test
    void counts_nobody_can_be_asked_for_are_told_as_not_known() {
        List<KeyLimit> told = new ToldLimits(Map.of(), Map.of()).of(LIMITS);

        assertThat(told)
                .filteredOn(KeyLimit.OfCount.class::isInstance)
                .hasSize(4)
                .allSatisfy(
                        limit -> assertThat(((KeyLimit.OfCount) limit).used()).isNull());
        assertThat(told)
                .contains(new KeyLimit.OfMoney(name(Measure.COST, WindowKind.DAY), DOLLAR, Spent.NOTHING, DAY.end()));
    }

    private static LimitName name(Measure measure, @Nullable WindowKind window) {
        return new LimitName(SubjectKind.KEY, measure, window);
    }
}
