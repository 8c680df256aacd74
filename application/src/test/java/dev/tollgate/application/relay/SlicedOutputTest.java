package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.SlicedOutput.Outcome;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.relay.SubjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicedOutputTest {
    private static final long SLICE = Slicing.SLICE_TOKENS;
    private static final LimitName OF_PACKAGE =
            new LimitName(SubjectKind.PACKAGE, LimitName.Measure.COST, WindowKind.TOTAL);

    /** A nano-dollar a token. */
    private static final HoldBound BOUND = new HoldBound(Cost.ZERO, Cost.ofPicos(1_000), Multiplier.ONE);

    private final ToldLiveStore liveStore = new ToldLiveStore();
    private long put;

    @Test
    void asks_for_a_slice_more_when_less_than_half_a_one_is_left() {
        SlicedOutput sliced = sliced(Long.MAX_VALUE, 1);
        liveStore.answers("raise", new Raised.Held(nanos(2 * SLICE)));

        put = SLICE / 2;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
        assertThat(sliced.held()).isEqualTo(nanos(SLICE));
        put++;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
        assertThat(sliced.held()).isEqualTo(nanos(2 * SLICE));
        assertThat(sliced.carries(2 * SLICE - 1)).isTrue();
        assertThat(sliced.carries(2 * SLICE)).isFalse();
    }

    @Test
    void uses_what_is_held_before_a_refusal_ends_it() {
        SlicedOutput sliced = sliced(Long.MAX_VALUE, 1);
        liveStore.answers("raise", new Raised.Refused(new Reservation.Refused(-1, OF_PACKAGE, 600, 512, 0, null)));

        put = SLICE - 100;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
        assertThat(sliced.carries(SLICE - 1)).isTrue();
        put = SLICE - 1;
        assertThat(sliced.raise(output())).isInstanceOfSatisfying(Outcome.UsedUp.class, end -> {
            assertThat(end.why().code()).isEqualTo(CallError.Code.INSUFFICIENT_QUOTA);
            assertThat(end.why().message()).startsWith("The answer was cut off here.");
        });
        assertThat(sliced.held()).isEqualTo(nanos(SLICE));
    }

    @Test
    void uses_what_is_held_and_then_ends_while_the_store_is_away() {
        SlicedOutput sliced = sliced(Long.MAX_VALUE, 1);
        liveStore.isAway(true);

        put = SLICE - 100;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
        put = SLICE;
        assertThat(sliced.raise(output()))
                .isInstanceOfSatisfying(
                        Outcome.UsedUp.class,
                        end -> assertThat(end.why().status()).isEqualTo(503));

        liveStore.isAway(false);
        liveStore.answers("raise", new Raised.Held(nanos(2 * SLICE)));
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
    }

    @Test
    void a_call_that_holds_nothing_any_more_says_so() {
        SlicedOutput sliced = sliced(Long.MAX_VALUE, 1);
        liveStore.answers("raise", new Raised.Lost());

        put = SLICE;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.Lost());
    }

    @Test
    void each_of_several_answers_has_slices_and_the_bound_ends_them() {
        SlicedOutput sliced = sliced(SLICE + 10, 3);
        liveStore.answers("raise", new Raised.Held(nanos(SLICE + 10)));

        assertThat(sliced.carries(3 * SLICE - 1)).isTrue();
        put = 3 * SLICE;
        assertThat(sliced.raise(output())).isEqualTo(new Outcome.GoesOn());
        assertThat(sliced.held()).isEqualTo(nanos(SLICE + 10));
        assertThat(sliced.carries(Long.MAX_VALUE - 1)).isTrue();
    }

    private SlicedOutput sliced(long most, int choices) {
        Slicing slicing = new Slicing(BOUND, most, choices, List.of());
        return new SlicedOutput(
                Calls.ticket(Calls.id(), nanos(SLICE)), slicing, liveStore.asLiveStore(), new SteppedClock());
    }

    private StreamedOutput output() {
        return new StreamedOutput() {
            @Override
            public long outputAtMost() {
                return put;
            }

            @Override
            public void recount() {
                // what is told is counted already
            }
        };
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
