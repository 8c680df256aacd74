package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Model;
import java.time.Instant;

/** Lets a call in: one atomic step takes every limit and a hold of the most the call can cost, or nothing. */
public final class Admitting {
    /** A model without a known context window is taken to have the largest on offer. */
    private static final long CONTEXT_WINDOW_DEFAULT = 2_000_000;

    private final PayerChoice payerChoice;
    private final LiveStore liveStore;
    private final UsageJournal journal;
    private final RelaySettings settings;
    private final Outage outage;
    private final RefusedSpending refusedSpending;

    public Admitting(
            PayerChoice payerChoice,
            LiveStore liveStore,
            Outage outage,
            UsageJournal journal,
            RelaySettings settings,
            RefusedSpending refusedSpending) {
        this.payerChoice = payerChoice;
        this.liveStore = liveStore;
        this.outage = outage;
        this.journal = journal;
        this.settings = settings;
        this.refusedSpending = refusedSpending;
    }

    /** Whether there is anything to ask the live store about a call. */
    sealed interface Opening {
        record Open(Asking asking) implements Opening {}

        record Closed(Admission.Refused refused) implements Opening {}
    }

    Admission admit(Entrance.Result.Granted granted) {
        return switch (open(granted)) {
            case Opening.Closed(Admission.Refused refused) -> refused;
            case Opening.Open(Asking asking) -> reserve(asking);
        };
    }

    /** What admission would say now, without taking anything. */
    Admission weigh(Asking asking) {
        return switch (liveStore.weigh(asking.reserve())) {
            case Reservation.Held held -> asking.admitted(held);
            case Reservation.Refused refused -> asking.refused(refused);
            case Reservation.Closed closed -> storeAway();
            case Reservation.Unavailable unavailable -> storeAway();
        };
    }

    /** Refuses everything while the journal has no room for the ends of calls. */
    Opening open(Entrance.Result.Granted granted) {
        if (!journal.isWritable()) {
            return new Opening.Closed(storeAway());
        }
        Instant now = granted.call().id().instant();
        PayerOrder order;
        try {
            order = payerChoice.order(granted, now);
        } catch (StoreUnavailable e) {
            return new Opening.Closed(storeAway());
        }
        return order.isEmpty()
                ? new Opening.Closed(new Admission.Refused(CallErrors.noPayer(Refusals.passedOver(order))))
                : new Opening.Open(asking(granted, order, now));
    }

    private Asking asking(Entrance.Result.Granted granted, PayerOrder order, Instant now) {
        Terms terms = terms(granted);
        CallLimits limits = CallLimits.of(granted.holder(), now);
        return new Asking(
                granted,
                terms,
                limits,
                payerChoice.terms(order, terms, limits, now),
                Sessions.digests(
                        granted.holder().user().id(), granted.call().body().sessionHints()));
    }

    private Admission reserve(Asking asking) {
        return switch (liveStore.reserve(asking.reserve())) {
            case Reservation.Held held -> {
                outage.answered();
                yield asking.admitted(held);
            }
            case Reservation.Refused refused -> {
                outage.answered();
                tell(asking, refused);
                yield asking.refused(refused);
            }
            case Reservation.Closed closed -> storeAway();
            case Reservation.Unavailable unavailable -> unheld(asking);
        };
    }

    private void tell(Asking asking, Reservation.Refused refused) {
        UserId user = asking.granted().holder().user().id();
        asking.spent(refused)
                .ifPresent(limit -> refusedSpending.refused(
                        user, limit.subject(), limit.window().key()));
    }

    /** Without the store: what nobody's strict limit is asked for is served from this node's allowance. */
    private Admission unheld(Asking asking) {
        outage.missed();
        PayerTerms payer = outage.letIn(asking.granted().call().id(), asking.payers(), asking.limits(), asking.most());
        return payer == null ? storeAway() : asking.unheld(payer);
    }

    private static Admission.Refused storeAway() {
        return new Admission.Refused(CallErrors.storeAway());
    }

    Terms terms(Entrance.Result.Granted granted) {
        Model model = granted.priced().model();
        CallBody body = granted.call().body();
        long window = contextWindow(model);
        long input = body.bounds().input() == null
                ? unseenInput(window, body)
                : body.bounds().input();
        long output = body.bounds().output() == null
                ? outputCap(model, body)
                : body.bounds().output();
        long leastOutput = body.bounds().lowerable() ? Math.min(output, settings.minOutput()) : output;
        Multiplier multiplier = multiplier(granted.holder());
        HoldBound bound = HoldBound.of(granted.priced().version().sheet(), multiplier, body, input);
        boolean isSliceable = body.stream() && body.bounds().lowerable() && !HiddenOutput.isOf(model);
        return new Terms(bound, input, output, leastOutput, window, multiplier, isSliceable);
    }

    static long contextWindow(Model model) {
        return model.contextWindow() == null ? CONTEXT_WINDOW_DEFAULT : model.contextWindow();
    }

    /** The setting is sent along as a bound; where none can be sent, the model alone is one. */
    private long outputCap(Model model, CallBody body) {
        long cap = settings.defaultMaxOutput();
        if (model.maxOutputTokens() == null) {
            return cap;
        }
        return body.bounds().lowerable() ? Math.min(model.maxOutputTokens(), cap) : model.maxOutputTokens();
    }

    /** Input that is not in the body is bounded by the window, which each use of a provider's tool may fill anew. */
    private static long unseenInput(long window, CallBody body) {
        long uses = body.bounds().serverTools().values().stream()
                .mapToLong(most -> Math.min(most, HoldBound.SERVER_TOOL_USES_MAX))
                .sum();
        return window * (Math.min(uses, HoldBound.SERVER_TOOL_USES_MAX) + 1);
    }

    private Multiplier multiplier(KeyHolder holder) {
        Multiplier own = holder.key().multiplier() != null
                ? holder.key().multiplier()
                : holder.user().multiplier();
        return own == null ? settings.globalMultiplier() : own.times(settings.globalMultiplier());
    }

    /**
     * What a call may come to.
     *
     * @param input most input tokens
     * @param output the output bound in force: the caller's own or, for want of one, the cap
     * @param leastOutput the smallest bound the call is still worth sending with
     * @param isSliceable whether it can be held by the slice: it is streamed, and its output seen as it comes
     */
    record Terms(
            HoldBound bound,
            long input,
            long output,
            long leastOutput,
            long contextWindow,
            Multiplier multiplier,
            boolean isSliceable) {

        /** With an output bound that may be lowered. */
        CallSize size(long outputInForce) {
            return new CallSize(input, outputInForce, contextWindow);
        }
    }
}
