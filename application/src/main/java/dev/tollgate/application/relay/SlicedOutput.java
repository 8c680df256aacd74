package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How much output a sliced call may still put out, and asking for more. What came since the last count is taken for a
 * token a byte, which no text exceeds, and counted in earnest before anybody is told no.
 */
final class SlicedOutput {
    /** With less than this left to the end of what is held, another slice is asked for. */
    private static final long HALF = Slicing.SLICE_TOKENS / 2;

    /** So far before the end of what is held the count is looked at: time enough for the store's answer. */
    private static final long EARLY = Slicing.SLICE_TOKENS / 4;

    /** A rest that is not worth another look. */
    private static final long REST = Slicing.SLICE_TOKENS / 64;

    private static final int TRIES_MAX = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Ticket ticket;
    private final Slicing slicing;
    private final LiveStore liveStore;
    private final InstantSource clock;
    private volatile Money held;
    private volatile long covered;
    private volatile long askedAt;
    private long ofEach;

    SlicedOutput(Ticket ticket, Slicing slicing, LiveStore liveStore, InstantSource clock) {
        this.ticket = ticket;
        this.slicing = slicing;
        this.liveStore = liveStore;
        this.clock = clock;
        this.held = ticket.hold().amount();
        cover(Math.min(slicing.most(), Slicing.SLICE_TOKENS));
    }

    private void cover(long tokensOfEach) {
        ofEach = tokensOfEach;
        covered = tokensOfEach < slicing.most() ? tokensOfEach * slicing.choices() : Long.MAX_VALUE;
        askedAt = covered - EARLY;
    }

    /** What is held by now. */
    Money held() {
        return held;
    }

    boolean carries(long output) {
        return output < covered;
    }

    /** Whether it is time to {@link #raise}. */
    boolean isShort(long output) {
        return output >= askedAt;
    }

    /** What came of asking for more. */
    sealed interface Outcome {
        record GoesOn() implements Outcome {}

        /** No more can be had, and what is held is used up. */
        record UsedUp(CallError why) implements Outcome {}

        /** The call holds nothing any more. */
        record Lost() implements Outcome {}
    }

    /** Counts, and holds another slice if need be. Blocks, though never for long; one thread at a time. */
    Outcome raise(StreamedOutput output) {
        output.recount();
        long used = output.outputAtMost();
        if (covered - used >= HALF) {
            askedAt = covered - EARLY;
            return new Outcome.GoesOn();
        }
        long next = slicing.next(ofEach, used);
        Money amount = slicing.covering(next);
        Raised raised = ask(amount);
        return switch (raised) {
            case null -> refused(used, CallErrors.storeAway());
            case Raised.Held(Money now) -> {
                held = now;
                cover(next);
                yield new Outcome.GoesOn();
            }
            case Raised.Refused(Reservation.Refused limit) ->
                refused(used, Refusals.limit(limit, amount.minus(held), clock.instant()));
            case Raised.Lost lost -> new Outcome.Lost();
        };
    }

    /** Null if the store cannot be reached. */
    private @Nullable Raised ask(Money amount) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try {
                return liveStore.raise(ticket, amount, slicing.limits());
            } catch (StoreUnavailable away) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return null;
    }

    /** What is held already may be used; at its end somebody else's hold may be free again. */
    private Outcome refused(long used, CallError why) {
        askedAt = covered;
        return covered - used > REST ? new Outcome.GoesOn() : new Outcome.UsedUp(CallErrors.cutOff(why));
    }
}
