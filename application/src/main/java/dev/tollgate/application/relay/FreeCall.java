package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that costs nothing, from its way in to its end: it takes an account's slot and leaves no record. */
final class FreeCall implements OutgoingCall, AutoCloseable {
    private final Entrance.Result.Granted granted;
    private final AttemptLog attempts;
    private final SlotQueue slots;

    FreeCall(Entrance.Result.Granted granted, AttemptLog attempts, SlotQueue slots) {
        this.granted = granted;
        this.attempts = attempts;
        this.slots = slots;
    }

    @Override
    public RelayCall call() {
        return granted.call();
    }

    @Override
    public String wantedModel() {
        return granted.priced().wanted();
    }

    @Override
    public String model() {
        return granted.priced().model().name();
    }

    @Override
    public @Nullable Long outputBound() {
        return null;
    }

    @Override
    public long contextWindow() {
        return Admitting.contextWindow(granted.priced().model());
    }

    @Override
    public Money upstreamMost(Account account) {
        return Money.ZERO;
    }

    @Override
    public @Nullable AccountId boundTo() {
        return null;
    }

    @Override
    public List<String> sessions() {
        return List.of();
    }

    @Override
    public StreamGate hold() {
        return StreamGate.OPEN;
    }

    @Override
    public @Nullable Ticket unmarked() {
        return null;
    }

    @Override
    public void marked() {
        throw new IllegalStateException("it holds nothing");
    }

    @Override
    public boolean sending(Account account, String sentModel, List<String> left) {
        attempts.started(account, sentModel);
        return true;
    }

    @Override
    public void failed(Fault fault) {
        releaseSlot();
        attempts.failed(fault);
    }

    void served(int httpStatus) {
        releaseSlot();
        attempts.served(httpStatus, null, TokenUsage.NONE, Cost.ZERO);
    }

    List<Header> notes() {
        return List.of(attempts.note());
    }

    @Override
    public void close() {
        releaseSlot();
    }

    private void releaseSlot() {
        AttemptLog.UnderWay attempt = attempts.underWay();
        if (attempt != null) {
            slots.release(attempt.account().id(), call().id(), Money.ZERO);
        }
    }
}
