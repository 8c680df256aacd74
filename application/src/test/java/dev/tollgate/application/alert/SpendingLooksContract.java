package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.alert.SpendingLooks.CreditLook;
import dev.tollgate.application.alert.SpendingLooks.Look;
import dev.tollgate.application.alert.SpendingLooks.Touched;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every view of recorded spending must do. */
public abstract class SpendingLooksContract {
    /** The shard of {@link Calls#USER}. */
    protected static final int SHARD = 7;

    private SpendingLooks looks;

    /** One that has seen nothing, of which nothing is recorded. */
    protected abstract SpendingLooks looks();

    /** Records calls of {@link #SHARD}, in one batch. */
    protected abstract void record(List<Settlement> batch);

    @BeforeEach
    void start() {
        looks = looks();
    }

    @Test
    void tells_the_windows_of_packages_with_all_that_is_used_in_them() {
        record(List.of(call(3), call(4)));
        record(List.of(call(5)));

        Look look = look();

        assertThat(look.shard()).isEqualTo(SHARD);
        assertThat(look.touched())
                .containsExactlyInAnyOrder(
                        new Touched(Calls.USER, Calls.PACKAGE, Calls.DAY.key(), nanos(12)),
                        new Touched(Calls.USER, Calls.PACKAGE, Calls.TOTAL, nanos(12)));
    }

    @Test
    void tells_what_was_not_seen_and_nothing_else() {
        assertThat(looks.next(10)).isEmpty();
        record(List.of(call(3)));
        Look first = look();
        assertThat(look()).isEqualTo(first);

        looks.seen(first, List.of());
        assertThat(looks.next(10)).isEmpty();

        record(List.of(call(4)));
        assertThat(look().touched()).extracting(Touched::used).containsOnly(nanos(7));
        assertThat(look().upTo()).isGreaterThan(first.upTo());
    }

    @Test
    void tells_so_many_batches_at_a_time() {
        for (int batch = 0; batch < 5; batch++) {
            record(List.of(call(1)));
        }
        int times = 0;
        while (!looks.next(2).isEmpty()) {
            looks.seen(looks.next(2).getFirst(), List.of());
            times++;
        }
        assertThat(times).isEqualTo(3);
    }

    @Test
    void never_moves_back() {
        record(List.of(call(1)));
        Look old = look();
        record(List.of(call(1)));
        looks.seen(look(), List.of());

        looks.seen(old, List.of());

        assertThat(looks.next(10)).isEmpty();
    }

    @Test
    void keeps_how_credits_stood() {
        UserId other = new UserId(23);
        record(List.of(call(1)));
        CreditLook first = new CreditLook(Calls.USER, 1, nanos(0), nanos(5));
        CreditLook later = new CreditLook(Calls.USER, 2, nanos(5), nanos(9));

        looks.seen(look(), List.of(first));
        assertThat(looks.credits(Set.of(Calls.USER, other)))
                .containsOnlyKeys(Calls.USER)
                .containsValue(first);

        looks.seen(new Look(SHARD, 1, Set.of()), List.of(later));
        assertThat(looks.credits(Set.of(Calls.USER))).containsValue(later);
        assertThat(looks.credits(Set.of(other))).isEmpty();
    }

    private Look look() {
        List<Look> next = looks.next(10);
        assertThat(next).hasSize(1);
        return next.getFirst();
    }

    private static Settlement call(long nanos) {
        return Calls.settled(Calls.ticket(Calls.id(), nanos(70)), nanos);
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
