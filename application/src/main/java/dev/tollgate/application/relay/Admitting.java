package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets a call in: one atomic step takes every limit and a hold of the most the call can cost, or nothing. */
public final class Admitting {
    /** A model without a known context window is taken to have the largest on offer. */
    private static final long CONTEXT_WINDOW_DEFAULT = 2_000_000;

    /** What a token is taken to be in bytes of text where no bound but a rate is needed. */
    private static final int BYTES_PER_TOKEN = 4;

    /** More uses than any provider lets one call have. */
    private static final long SERVER_TOOL_USES_MAX = 1_000;

    private final PayerChoice payerChoice;
    private final LiveStore liveStore;
    private final UsageJournal journal;
    private final RelaySettings settings;
    private final Outage outage;

    public Admitting(
            PayerChoice payerChoice, LiveStore liveStore, Outage outage, UsageJournal journal, RelaySettings settings) {
        this.payerChoice = payerChoice;
        this.liveStore = liveStore;
        this.outage = outage;
        this.journal = journal;
        this.settings = settings;
    }

    /** Refuses everything while the journal has no room for the ends of calls. */
    Admission admit(Entrance.Result.Granted granted) {
        if (!journal.isWritable()) {
            return new Admission.Refused(CallErrors.storeAway());
        }
        Instant now = granted.call().id().instant();
        PayerOrder order;
        try {
            order = payerChoice.order(granted, now);
        } catch (StoreUnavailable e) {
            return new Admission.Refused(CallErrors.storeAway());
        }
        if (order.isEmpty()) {
            return new Admission.Refused(CallErrors.noPayer(Refusals.passedOver(order)));
        }
        return reserve(granted, order, now);
    }

    private Admission reserve(Entrance.Result.Granted granted, PayerOrder order, Instant now) {
        Terms terms = terms(granted);
        CallLimits limits = CallLimits.of(granted.holder(), now);
        List<PayerTerms> payers = payerChoice.terms(order, terms, now);
        List<String> sessions = Sessions.digests(
                granted.holder().user().id(), granted.call().body().sessionHints());
        Reserve reserve = new Reserve(
                granted.call().id(),
                granted.holder().user().id(),
                granted.holder().key().id(),
                payers,
                limits.costs(),
                limits.rates(),
                tokens(granted.call().body(), terms),
                limits.windows(),
                sessions);
        return switch (liveStore.reserve(reserve)) {
            case Reservation.Held held -> {
                outage.answered();
                yield admitted(granted, terms, limits, payers.get(held.payer()), held, sessions);
            }
            case Reservation.Refused refused -> {
                outage.answered();
                yield new Admission.Refused(Refusals.limit(refused, least(refused, payers, terms), now));
            }
            case Reservation.Closed closed -> new Admission.Refused(CallErrors.storeAway());
            case Reservation.Unavailable unavailable -> unheld(granted, terms, limits, payers, sessions);
        };
    }

    /** Without the store: what nobody's strict limit is asked for is served from this node's allowance. */
    private Admission unheld(
            Entrance.Result.Granted granted,
            Terms terms,
            CallLimits limits,
            List<PayerTerms> payers,
            List<String> sessions) {
        outage.missed();
        Money most = terms.bound().covering(terms.output());
        PayerTerms payer = outage.letIn(granted.call().id(), payers, limits, most);
        if (payer == null) {
            return new Admission.Refused(CallErrors.storeAway());
        }
        boolean isOwnBound = granted.call().body().bounds().output() != null
                || !granted.call().body().bounds().lowerable();
        return new Admission.Admitted(
                ticket(granted, terms, limits, payer, new Hold(payer.payer(), payer.mode(), payer.most(), false)),
                granted.priced().version().sheet(),
                granted.priced().wanted(),
                isOwnBound ? null : (Long) terms.output(),
                terms.contextWindow(),
                null,
                sessions,
                true);
    }

    private static Money least(Reservation.Refused refused, List<PayerTerms> payers, Terms terms) {
        return refused.payer() >= 0
                ? payers.get(refused.payer()).least()
                : terms.bound().covering(terms.leastOutput());
    }

    private Terms terms(Entrance.Result.Granted granted) {
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
        return new Terms(bound, input, output, leastOutput, window, multiplier);
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
                .mapToLong(Long::longValue)
                .sum();
        return window * (Math.min(uses, SERVER_TOOL_USES_MAX) + 1);
    }

    private static long tokens(CallBody body, Terms terms) {
        long input = body.bounds().input() == null
                ? body.bytes().length
                : body.bounds().input();
        return input / BYTES_PER_TOKEN + terms.output() * body.bounds().choices();
    }

    private Multiplier multiplier(KeyHolder holder) {
        Multiplier own = holder.key().multiplier() != null
                ? holder.key().multiplier()
                : holder.user().multiplier();
        return own == null ? settings.globalMultiplier() : own.times(settings.globalMultiplier());
    }

    private static Admission admitted(
            Entrance.Result.Granted granted,
            Terms terms,
            CallLimits limits,
            PayerTerms payer,
            Reservation.Held held,
            List<String> sessions) {
        CallBounds bounds = granted.call().body().bounds();
        boolean isBounding = bounds.lowerable() && isBounding(payer, limits);
        boolean clamped = isBounding && held.amount().compareTo(payer.most()) < 0;
        long affordable = clamped
                ? Math.max(terms.leastOutput(), terms.bound().outputCovered(held.amount(), terms.output()))
                : terms.output();
        boolean isOwnBound = !clamped && bounds.output() != null;
        return new Admission.Admitted(
                ticket(granted, terms, limits, payer, new Hold(payer.payer(), payer.mode(), held.amount(), clamped)),
                granted.priced().version().sheet(),
                granted.priced().wanted(),
                isOwnBound || !isBounding ? null : (Long) affordable,
                terms.contextWindow(),
                held.boundTo(),
                sessions,
                false);
    }

    /** Whether the hold is a promise the output bound must keep, so that an absent bound is sent as the cap. */
    private static boolean isBounding(PayerTerms payer, CallLimits limits) {
        boolean isPaid = !(payer.payer() instanceof Payer.Metered) && payer.mode() != SpendMode.LENIENT;
        return isPaid || !limits.costs().isEmpty();
    }

    private static Ticket ticket(
            Entrance.Result.Granted granted, Terms terms, CallLimits limits, PayerTerms payer, Hold hold) {
        RelayCall call = granted.call();
        Model model = granted.priced().model();
        List<SubjectWindows> windows = new ArrayList<>(limits.windows());
        @Nullable SubjectWindows payerWindows = payer.windows();
        if (payerWindows != null) {
            windows.add(payerWindows);
        }
        return new Ticket(
                call.id(),
                new Caller(
                        granted.holder().user().id(), granted.holder().key().id(), call.clientIp(), call.userAgent()),
                new Asked(
                        call.dialect(),
                        call.body().model(),
                        model.name(),
                        model.platform(),
                        call.body().stream(),
                        granted.priced().version().id(),
                        terms.multiplier()),
                hold,
                windows);
    }

    /**
     * What a call may come to.
     *
     * @param input most input tokens
     * @param output the output bound in force: the caller's own or, for want of one, the cap
     * @param leastOutput the smallest bound the call is still worth sending with
     */
    record Terms(
            HoldBound bound, long input, long output, long leastOutput, long contextWindow, Multiplier multiplier) {}
}
