package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call from its admission to its end. Whatever way leads out, closing it leaves exactly one record if anything was
 * sent, none if nothing was, and no hold and no slot.
 */
final class OpenCall implements OutgoingCall, AutoCloseable {
    private static final int HTTP_INTERNAL_ERROR = 500;
    private static final Duration MARK_TRUSTED = Duration.ofSeconds(KeepCallsAlive.BEAT_SECONDS);

    private final RelayCall call;
    private final Admission.Admitted admitted;
    private final AttemptLog attempts;
    private final Settling settling;
    private final UsageJournal journal;
    private final LiveStore liveStore;
    private final SlotQueue slots;
    private final RunningCalls running;
    private final Bindings bindings;
    private final Outage outage;
    private final InstantSource clock;
    private final CallHold hold;
    private volatile Supplier<TokenUsage> known = () -> TokenUsage.NONE;
    private volatile boolean isAnswered;
    private List<String> dropped = List.of();
    private @Nullable Instant markedAt;
    private boolean isSent;
    private boolean isEnded;
    private @Nullable Money charged;

    OpenCall(
            RelayCall call,
            Admission.Admitted admitted,
            AttemptLog attempts,
            Settling settling,
            UsageJournal journal,
            LiveStore liveStore,
            SlotQueue slots,
            RunningCalls running,
            Bindings bindings,
            Outage outage,
            InstantSource clock,
            LongSupplier monotonicNanos) {
        this.call = call;
        this.admitted = admitted;
        this.attempts = attempts;
        this.settling = settling;
        this.journal = journal;
        this.liveStore = liveStore;
        this.slots = slots;
        this.running = running;
        this.bindings = bindings;
        this.outage = outage;
        this.clock = clock;
        Slicing slicing = admitted.slicing();
        SlicedOutput sliced = slicing == null ? null : new SlicedOutput(admitted.ticket(), slicing, liveStore, clock);
        this.hold =
                new CallHold(admitted.ticket(), admitted.isUnheld(), sliced, liveStore, monotonicNanos, this::soFar);
    }

    @Override
    public CallHold hold() {
        return hold;
    }

    private Progress soFar() {
        return new Progress(id(), known.get(), isAnswered, attempts.soFar());
    }

    RequestId id() {
        return call.id();
    }

    @Override
    public RelayCall call() {
        return call;
    }

    @Override
    public String wantedModel() {
        return admitted.wantedModel();
    }

    @Override
    public String model() {
        return admitted.ticket().asked().model();
    }

    @Override
    public @Nullable Long outputBound() {
        return admitted.outputBound();
    }

    @Override
    public long contextWindow() {
        return admitted.size().contextWindow();
    }

    @Override
    public Money upstreamMost(Account account) {
        return settling.upstreamMost(admitted, call.body(), account.sentModel(wantedModel(), model()));
    }

    @Override
    public @Nullable AccountId boundTo() {
        return admitted.boundTo();
    }

    @Override
    public List<String> sessions() {
        return admitted.sessions();
    }

    @Override
    public @Nullable Ticket unmarked() {
        return admitted.isUnheld() || markedAt != null ? null : admitted.ticket();
    }

    /** From here on its hold would end in a record, so it is kept alive however long the request is made ready for. */
    @Override
    public void marked() {
        markedAt = clock.instant();
        enter();
    }

    private void enter() {
        running.enter(admitted.ticket(), this::soFar, hold);
    }

    /** Before its hold goes: whoever is not among the running calls has no lost hold taken again. */
    private void leave() {
        running.leave(id());
    }

    /**
     * Before the first request the ticket is made durable.
     *
     * @return false if the hold is gone, because this call was held up for longer than its lease: nothing may be sent
     */
    @Override
    public boolean sending(Account account, String sentModel, List<String> left) {
        dropped = left;
        attempts.started(account, sentModel);
        if (!isSent) {
            journal.sent(admitted.ticket());
            if (!isHeld()) {
                journal.closed(List.of(id()));
                return false;
            }
            isSent = true;
            hold.renewed();
            enter();
        }
        return true;
    }

    /** A hold was there a moment ago: that the store is not able to confirm it keeps no call back. */
    private boolean isHeld() {
        if (admitted.isUnheld() || isMarkedJustNow()) {
            return true;
        }
        try {
            return liveStore.sent(admitted.ticket());
        } catch (StoreUnavailable away) {
            return !outage.isOlderThanLease(id());
        }
    }

    /** What was marked when the slot was taken is asked again if the call was held up since: it may be swept by now. */
    private boolean isMarkedJustNow() {
        Instant marked = markedAt;
        return marked != null
                && !clock.instant().isBefore(marked)
                && clock.instant().isBefore(marked.plus(MARK_TRUSTED));
    }

    @Override
    public void failed(Fault fault) {
        releaseSlot(Cost.ZERO);
        attempts.failed(fault);
    }

    /** The answer has begun; what is known of its usage can be asked from now on. */
    void answered(Supplier<TokenUsage> progress) {
        known = progress;
        isAnswered = true;
    }

    /** Makes the result durable; only then may the caller see the end. Returns what is charged. */
    Money settle(CallStatus status, int httpStatus, Metered metered, @Nullable StreamEnd end) {
        AttemptLog.UnderWay serving = attempts.underWay();
        Cost upstreamCost = settling.upstreamCost(admitted, serving, metered);
        if (serving != null) {
            releaseSlot(upstreamCost);
            Fault fault = end == null ? null : end.fault();
            attempts.served(httpStatus, fault == null ? null : fault.kind(), settling.tokens(metered), upstreamCost);
        }
        isEnded = true;
        leave();
        if (serving != null && !metered.created().isEmpty()) {
            UserId user = admitted.ticket().caller().userId();
            bindings.bind(
                    Sessions.digests(user, metered.created()), serving.account().id());
        }
        Settlement settlement = settling.settle(admitted, hold, status, httpStatus, metered, attempts.ended(), end);
        charged = settlement.charge().total();
        return charged;
    }

    /** Nothing was sent: the hold vanishes without a record. */
    void cancel() {
        isEnded = true;
        charged = Money.ZERO;
        leave();
        releaseSlot(Cost.ZERO);
        try {
            if (markedAt != null) {
                liveStore.unsend(admitted.ticket().caller().userId(), id());
            }
            liveStore.cancel(id());
        } catch (StoreUnavailable away) {
            return; // the hold ends with its lease
        }
    }

    /** Our own headers on the answer. */
    List<Header> notes() {
        List<Header> notes = new ArrayList<>();
        notes.add(attempts.note());
        if (admitted.ticket().hold().clamped()) {
            notes.add(new Header("x-tollgate-max-output", Long.toString(clampedOutput())));
        }
        if (!dropped.isEmpty()) {
            notes.add(new Header("x-tollgate-dropped", DroppedFields.text(dropped)));
        }
        return notes;
    }

    private long clampedOutput() {
        return Objects.requireNonNull(admitted.outputBound(), "a clamped call has an output bound");
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            leave();
            outage.ended(id(), charged);
        }
    }

    private void end() {
        if (isEnded) {
            return;
        }
        if (isSent) {
            UsageReport report = isAnswered ? new UsageReport.Partial(Usage.of(known.get())) : Metered.NOTHING.report();
            Metered metered = new Metered(report, Set.of("internal_error"));
            Money unused = settle(CallStatus.INCOMPLETE, HTTP_INTERNAL_ERROR, metered, null);
        } else {
            cancel();
        }
    }

    private void releaseSlot(Cost upstreamCost) {
        AttemptLog.UnderWay attempt = attempts.underWay();
        if (attempt != null) {
            slots.release(attempt.account().id(), id(), upstreamCost.covered(Multiplier.ONE));
        }
    }
}
