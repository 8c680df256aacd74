package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running call's hold as its own node knows it: what it amounts to, and how long its lease lasts unless the store is
 * heard of. A stream whose lease ran out waits until it is renewed, or the hold taken again; what the store refuses ends.
 */
final class CallHold implements StreamGate, RunningHold {
    /** A second short of the store's own, for the time an answer may take. */
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(LiveStore.LEASE_SECONDS - 1L);

    /** While the store cannot be reached a stream goes on, and asks again after this. */
    private static final long UNREACHED_NANOS = TimeUnit.SECONDS.toNanos(KeepCallsAlive.BEAT_SECONDS);

    private final Ticket ticket;
    private final boolean isUnheld;
    private final @Nullable SlicedOutput sliced;
    private final LiveStore liveStore;
    private final LongSupplier monotonicNanos;
    private final Supplier<Progress> known;
    private volatile long leaseEnds;
    private volatile boolean isLost;
    private volatile boolean isUnreached;
    private volatile @Nullable CallError refusal;
    private boolean isAsking;
    private @Nullable Runnable waiting;

    /**
     * @param isUnheld whether the store knows nothing of it, as it was away
     * @param sliced null where all the call can cost is held
     * @param known what is known of the call, asked on any thread
     */
    CallHold(
            Ticket ticket,
            boolean isUnheld,
            @Nullable SlicedOutput sliced,
            LiveStore liveStore,
            LongSupplier monotonicNanos,
            Supplier<Progress> known) {
        this.ticket = ticket;
        this.isUnheld = isUnheld;
        this.sliced = sliced;
        this.liveStore = liveStore;
        this.monotonicNanos = monotonicNanos;
        this.known = known;
        renewed();
    }

    @Override
    public Money amount() {
        return sliced == null ? ticket.hold().amount() : sliced.held();
    }

    /**
     * What its record says of it: {@code hold_lost}, {@code hold_used_up}, {@code live_store_away}.
     *
     * @param wasCut whether it ended its stream
     */
    Set<String> flags(boolean wasCut) {
        Set<String> flags = new HashSet<>();
        if (isLost) {
            flags.add("hold_lost");
        } else if (wasCut) {
            flags.add("hold_used_up");
        }
        if (isUnreached) {
            flags.add("live_store_away");
        }
        return flags;
    }

    @Override
    public void renewed() {
        leaseEnds = monotonicNanos.getAsLong() + LEASE_NANOS;
    }

    /** What was let in without the store, or on an estimate, runs to its end all the same. */
    @Override
    public void lost() {
        isLost = true;
        if (isUnheld || ticket.hold().mode() == SpendMode.LENIENT) {
            renewed();
        } else {
            refusal = CallErrors.cutOff(CallErrors.holdLost());
        }
    }

    @Override
    public boolean isCounting() {
        return sliced != null;
    }

    @Override
    public boolean isOpen(StreamedOutput output) {
        if (refusal != null) {
            return false;
        }
        boolean isLeased = isLeased();
        if (sliced == null) {
            return isLeased || ask(output);
        }
        long came = output.outputAtMost();
        if (!isLeased || sliced.isShort(came)) {
            boolean unused = ask(output);
        }
        return isLeased && sliced.carries(came);
    }

    private boolean isLeased() {
        return monotonicNanos.getAsLong() - leaseEnds < 0;
    }

    @Override
    public @Nullable CallError refusal() {
        return refusal;
    }

    @Override
    public void onChange(Runnable action) {
        synchronized (this) {
            if (isAsking) {
                waiting = action;
                return;
            }
        }
        action.run();
    }

    /** Asks on a thread of its own, one at a time. @return false, as the answer is not there yet */
    private boolean ask(StreamedOutput output) {
        synchronized (this) {
            if (isAsking) {
                return false;
            }
            isAsking = true;
        }
        var unused = Thread.ofVirtual().name("hold-" + ticket.id().text()).start(() -> answer(output));
        return false;
    }

    private void answer(StreamedOutput output) {
        try {
            if (!isLeased()) {
                renew();
            }
            if (sliced != null && refusal == null) {
                raise(sliced, output);
            }
        } catch (RuntimeException bug) {
            refusal = CallErrors.broken();
            throw bug;
        } finally {
            tell();
        }
    }

    private void tell() {
        Runnable action;
        synchronized (this) {
            isAsking = false;
            action = waiting;
            waiting = null;
        }
        if (action != null) {
            action.run();
        }
    }

    private void renew() {
        try {
            if (liveStore.heartbeat(List.of(known.get())).isEmpty() || liveStore.reopen(ticket, amount())) {
                renewed();
            } else {
                lost();
            }
        } catch (StoreUnavailable away) {
            isUnreached = true;
            leaseEnds = monotonicNanos.getAsLong() + UNREACHED_NANOS;
        }
    }

    private void raise(SlicedOutput output, StreamedOutput streamed) {
        switch (output.raise(streamed)) {
            case SlicedOutput.Outcome.GoesOn goesOn -> {}
            case SlicedOutput.Outcome.UsedUp(CallError why) -> refusal = why;
            case SlicedOutput.Outcome.Lost gone -> renew();
        }
    }
}
