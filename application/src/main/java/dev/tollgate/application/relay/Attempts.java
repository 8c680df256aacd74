package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.CoolDown;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one account after another until one answers. It ends with the first answer, with a failure another account would
 * not mend, or when accounts, attempts or the retry budget run out, or the caller leaves, who has seen nothing so far.
 */
public final class Attempts {
    private final SlotQueue slots;
    private final AccountPool pool;
    private final Upstream upstream;
    private final LiveStore liveStore;
    private final RetryBudget retryBudget;
    private final RelaySettings settings;
    private final InstantSource clock;

    public Attempts(
            SlotQueue slots,
            AccountPool pool,
            Upstream upstream,
            LiveStore liveStore,
            RetryBudget retryBudget,
            RelaySettings settings,
            InstantSource clock) {
        this.slots = slots;
        this.pool = pool;
        this.upstream = upstream;
        this.liveStore = liveStore;
        this.retryBudget = retryBudget;
        this.settings = settings;
        this.clock = clock;
    }

    Attempt send(OutgoingCall open, Candidates candidates, ClientStream client) {
        retryBudget.called();
        Set<AccountId> tried = new HashSet<>();
        Answer.@Nullable Failed lastFailure = null;
        @Nullable CallError refusal = null;
        SlotQueue.Slot slot = new SlotQueue.Slot.Closed();
        while (tried.size() < settings.attemptsMax() && !client.isGone()) {
            slot = take(open, candidates, tried, lastFailure != null, client);
            if (!(slot instanceof SlotQueue.Slot.Taken(Account account))) {
                break;
            }
            tried.add(account.id());
            String sentModel = account.sentModel(open.wantedModel(), open.model());
            switch (prepare(account, sentModel, open)) {
                case Prepared.Refused(CallError error) -> refusal = error;
                case Prepared.Ready ready -> {
                    if (!open.sending(account, sentModel, ready.dropped())) {
                        return unanswered(refusal, slot, candidates);
                    }
                    Answer answer = sendTo(account, sentModel, ready, open);
                    if (!(answer instanceof Answer.Failed failed)
                            || !failed.fault().kind().isRetryable()) {
                        return new Attempt.Answered(answer);
                    }
                    lastFailure = failed;
                }
            }
        }
        return lastFailure != null ? new Attempt.Answered(lastFailure) : unanswered(refusal, slot, candidates);
    }

    private Attempt unanswered(@Nullable CallError refusal, SlotQueue.Slot slot, Candidates candidates) {
        return new Attempt.Refused(refusal != null ? refusal : CallErrors.noSlot(slot, candidates, clock.instant()));
    }

    /** The next account, one of its slots taken; none either if no retry is left in the budget. */
    private SlotQueue.Slot take(
            OutgoingCall open, Candidates candidates, Set<AccountId> tried, boolean isRetry, ClientStream client) {
        SlotQueue.Slot slot = slots.take(open, candidates, tried, client::isGone);
        if (slot instanceof SlotQueue.Slot.Taken(Account account) && isRetry && !retryBudget.takeRetry()) {
            release(account, open);
            return new SlotQueue.Slot.Closed();
        }
        return slot;
    }

    /** Makes the call ready for an account; where that cannot be done, or breaks, the account's slot is free again. */
    private Prepared prepare(Account account, String sentModel, OutgoingCall open) {
        boolean isReady = false;
        try {
            Prepared prepared = upstream.prepare(request(account, sentModel, open));
            isReady = prepared instanceof Prepared.Ready;
            return prepared;
        } finally {
            if (!isReady) {
                release(account, open);
            }
        }
    }

    private void release(Account account, OutgoingCall open) {
        slots.release(account.id(), open.call().id(), Money.ZERO);
    }

    private UpstreamRequest request(Account account, String sentModel, OutgoingCall open) {
        return new UpstreamRequest(
                open.call(),
                account,
                pool.connection(account.id()),
                sentModel,
                open.outputBound(),
                settings.fetchImages(),
                open.contextWindow(),
                settings.deadlines(open.call().body().stream()),
                open.hold());
    }

    private Answer sendTo(Account account, String sentModel, Prepared.Ready ready, OutgoingCall open) {
        Answer answer = ready.send();
        if (answer instanceof Answer.Failed failed) {
            open.failed(failed.fault());
            coolDown(account, sentModel, failed.fault());
        } else if (answer instanceof Answer.Cut) {
            open.failed(new Fault(Fault.Kind.UNKNOWN, null, null, "the gateway was stopped"));
        } else {
            pool.succeeded(account.id());
            warn(account, sentModel, answer.warning());
            bind(open, account);
        }
        return answer;
    }

    private void coolDown(Account account, String sentModel, Fault fault) {
        if (fault.kind() == Fault.Kind.REQUEST) {
            return;
        }
        Instant now = clock.instant();
        int failures = pool.consecutiveFailures(account.id()) + 1;
        if (fault.scope() == Fault.Scope.MODEL) {
            pool.spare(account.id(), sentModel, CoolDown.rateLimitedUntil(fault, failures, now));
            pool.failed(account.id(), fault, account.health().at(now));
        } else {
            pool.failed(account.id(), fault, CoolDown.after(account, fault, failures, now));
        }
    }

    /** A served answer may tell that the account's limit is reached now. */
    private void warn(Account account, String sentModel, @Nullable Fault warning) {
        if (warning == null) {
            return;
        }
        Instant now = clock.instant();
        if (warning.scope() == Fault.Scope.MODEL) {
            pool.spare(account.id(), sentModel, CoolDown.rateLimitedUntil(warning, 1, now));
        } else {
            pool.warned(account.id(), warning, CoolDown.after(account, warning, 1, now));
        }
    }

    private void bind(OutgoingCall open, Account account) {
        if (!open.sessions().isEmpty()) {
            try {
                liveStore.bindSession(open.sessions().get(0), account.id());
            } catch (StoreUnavailable away) {
                return; // the session's next call may go to another account
            }
        }
    }
}
