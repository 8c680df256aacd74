package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the live store answers this node, and what calls let in without it may cost: together never more than an
 * allowance, counted anew once the store is back. Nobody's limit can be seen meanwhile, so only payers without a strict
 * one are let in, and only while the database answers.
 */
public final class Outage {
    /** A store that gives no answer for so long is away; less is a moment's delay. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A store that was away is back, and the allowance whole, when it has not been missed for this long. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Supplier<Money> allowance;
    private final BooleanSupplier isDatabaseUp;
    private final InstantSource clock;
    private final Map<RequestId, Money> running = new HashMap<>();
    private Money spent = Money.ZERO;
    private Money held = Money.ZERO;
    private Instant missedAt = Instant.EPOCH;
    /** Since when every question was in vain; null after an answer. */
    private volatile @Nullable Instant since;
    /** Whether an answer is news. */
    private volatile boolean isTroubled;

    /** @param allowance asked each time, a setting */
    public Outage(Supplier<Money> allowance, BooleanSupplier isDatabaseUp, InstantSource clock) {
        this.allowance = allowance;
        this.isDatabaseUp = isDatabaseUp;
        this.clock = clock;
    }

    /**
     * The present state.
     *
     * @param since when the live store was first missed; null while it answers
     * @param allowance what calls may cost while it is away
     * @param taken what they cost so far, and the most that those running may
     */
    public record State(@Nullable Instant since, Money allowance, Money taken, int running) {}

    public State state() {
        synchronized (this) {
            return new State(isAway() ? since : null, allowance.get(), spent.plus(held), running.size());
        }
    }

    public boolean isAway() {
        Instant begun = since;
        return begun != null && !clock.instant().isBefore(begun.plus(PATIENCE));
    }

    /** Whether nothing at all can be let in now. */
    public boolean isClosed() {
        State state = state();
        return state.since() != null
                && (!isDatabaseUp.getAsBoolean() || state.taken().compareTo(state.allowance()) >= 0);
    }

    /** The store did not answer in time. */
    public synchronized void missed() {
        missedAt = clock.instant();
        isTroubled = true;
        if (since == null) {
            since = missedAt;
        }
    }

    /** The store answered. */
    public void answered() {
        if (isTroubled) {
            mend();
        }
    }

    private synchronized void mend() {
        boolean isQuiet = !clock.instant().isBefore(missedAt.plus(QUIET));
        if (isQuiet || !isAway()) {
            since = null;
        }
        if (isQuiet) {
            isTroubled = false;
            spent = Money.ZERO;
        }
    }

    /**
     * The first payer that may be charged without asking the store, the most the call can cost taken from the allowance;
     * null if there is none, a cost limit stands that cannot be seen, or too little is left.
     */
    @Nullable
    PayerTerms letIn(RequestId id, List<PayerTerms> payers, CallLimits limits, Money most) {
        if (!isDatabaseUp.getAsBoolean() || limits.isCostLimited()) {
            return null;
        }
        PayerTerms payer =
                payers.stream().filter(Outage::isUnlimited).findFirst().orElse(null);
        return payer != null && take(id, most) ? payer : null;
    }

    /** Whether a call was let in so long ago that its hold may have run out unrenewed. */
    boolean isOlderThanLease(RequestId id) {
        return clock.instant().isAfter(id.instant().plusSeconds(LiveStore.LEASE_SECONDS));
    }

    private static boolean isUnlimited(PayerTerms payer) {
        return payer.payer() instanceof Payer.Metered || payer.mode() == SpendMode.LENIENT;
    }

    private synchronized boolean take(RequestId id, Money most) {
        Money after = spent.plus(held).plus(most);
        if (after.compareTo(allowance.get()) > 0) {
            return false;
        }
        held = held.plus(most);
        running.put(id, most);
        return true;
    }

    /** A call that was let in has ended; a null charge is not known, and counts as the most it could be. */
    synchronized void ended(RequestId id, @Nullable Money charge) {
        Money most = running.remove(id);
        if (most != null) {
            held = held.minus(most);
            spent = spent.plus(charge == null ? most : charge);
        }
    }
}
