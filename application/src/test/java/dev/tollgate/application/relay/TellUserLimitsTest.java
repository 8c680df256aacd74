package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TellUserLimitsTest {
    private static final Window DAY = WindowCalendar.of(ZoneOffset.UTC).window(WindowKind.DAY, SteppedClock.NOON);
    private static final Money DOLLAR = Money.ofDollars("1");
    private static final User LIMITED = user(Calls.USER, new UserLimits(7, 80, DOLLAR, Money.ZERO));
    private static final User FREE = user(new UserId(99), UserLimits.NONE);
    private static final Spent LIVE = new Spent(Money.ofNanos(3), Money.ofNanos(2));
    private static final Spent RECORDED = new Spent(Money.ofNanos(1), Money.ZERO);

    private final ToldLiveStore store = new ToldLiveStore();
    private final TellUserLimits limits =
            new TellUserLimitsService(store.asLiveStore(), this::recorded, InstantSource.fixed(SteppedClock.NOON));

    @Test
    void the_store_is_asked_at_once_of_all_that_have_limits() {
        Instant minuteEnds = SteppedClock.NOON.plusSeconds(60);
        Pace pace = new Pace(minuteEnds, 4, 700, 2, Map.of());
        store.answers("counted", Map.of(Calls.OF_USER, new LiveStore.Counted(Map.of(DAY.key(), LIVE), pace)));

        Map<UserId, List<KeyLimit>> told = limits.of(List.of(LIMITED, FREE));

        assertThat(told).containsOnlyKeys(LIMITED.id());
        assertThat(told.get(LIMITED.id())).hasSize(3).first().isInstanceOfSatisfying(KeyLimit.OfMoney.class, money -> {
            assertThat(money.limit()).isEqualTo(DOLLAR);
            assertThat(money.spent()).isEqualTo(LIVE);
            assertThat(money.resetsAt()).isEqualTo(DAY.end());
        });
        assertThat(told.get(LIMITED.id()))
                .filteredOn(KeyLimit.OfCount.class::isInstance)
                .extracting(limit -> ((KeyLimit.OfCount) limit).used())
                .containsExactly(4L, 2L);
    }

    @Test
    void without_limits_nobody_is_asked() {
        assertThat(limits.of(List.of(FREE))).isEmpty();
    }

    @Test
    void while_the_store_is_away_money_is_told_by_the_records_and_counts_are_not_known() {
        store.isAway(true);

        List<KeyLimit> told = limits.of(List.of(LIMITED, FREE)).get(LIMITED.id());

        assertThat(told)
                .filteredOn(KeyLimit.OfMoney.class::isInstance)
                .extracting(limit -> ((KeyLimit.OfMoney) limit).spent())
                .containsExactly(RECORDED);
        assertThat(told)
                .filteredOn(KeyLimit.OfCount.class::isInstance)
                .extracting(limit -> ((KeyLimit.OfCount) limit).used())
                .containsExactly(null, null);
    }

    private Map<Subject, Map<WindowKey, Spent>> recorded(Collection<Subject> subjects) {
        assertThat(subjects).containsExactlyElementsOf(Set.of(Calls.OF_USER));
        return Map.of(Calls.OF_USER, Map.of(DAY.key(), RECORDED));
    }

    private static User user(UserId id, UserLimits limits) {
        User like = CallersAndCalls.user(BillingMode.PREPAID, null, limits);
        return new User(
                id,
                like.username(),
                like.email(),
                like.role(),
                like.active(),
                like.billingMode(),
                like.multiplier(),
                limits,
                like.limitsVersion(),
                HomeZone.of(ZoneOffset.UTC),
                like.groups());
    }
}
