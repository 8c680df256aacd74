package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call before the live store is asked about it, and what each answer means for it.
 *
 * @param limits those of key and user
 * @param payers in the order they are asked
 * @param sessions its session digests, strongest first
 */
record Asking(
        Entrance.Result.Granted granted,
        Admitting.Terms terms,
        CallLimits limits,
        List<PayerTerms> payers,
        List<String> sessions) {
    /** What a token is taken to be in bytes of text where no bound but a rate is needed. */
    private static final int BYTES_PER_TOKEN = 4;

    Reserve reserve() {
        return new Reserve(
                granted.call().id(),
                granted.holder().user().id(),
                granted.holder().key().id(),
                payers,
                limits.costs(),
                limits.rates(),
                tokens(),
                limits.windows(),
                sessions);
    }

    private long tokens() {
        CallBody body = granted.call().body();
        long input = body.bounds().input() == null
                ? body.bytes().length
                : body.bounds().input();
        return input / BYTES_PER_TOKEN + terms.output() * body.bounds().choices();
    }

    /** The most the call can come to at its own output bound. */
    Money most() {
        return terms.bound().covering(terms.output());
    }

    /** The terms of the payer that a hold was taken of. */
    PayerTerms payer(Hold hold) {
        return payers.stream()
                .filter(terms -> terms.payer().equals(hold.payer()))
                .findFirst()
                .orElseThrow();
    }

    Admission.Refused refused(Reservation.Refused refused) {
        Instant now = granted.call().id().instant();
        return new Admission.Refused(Refusals.limit(refused, least(refused), now));
    }

    /** The limit of a package or a credit that a refusal is about; empty if it is about another. */
    Optional<CostLimit> spent(Reservation.Refused refused) {
        if (refused.payer() < 0) {
            return Optional.empty();
        }
        return payers.get(refused.payer()).limits().stream()
                .filter(limit -> limit.window().kind() == refused.name().window())
                .findFirst();
    }

    private Money least(Reservation.Refused refused) {
        return refused.payer() >= 0
                ? payers.get(refused.payer()).least()
                : terms.bound().covering(terms.leastOutput());
    }

    Admission.Admitted admitted(Reservation.Held held) {
        PayerTerms payer = payers.get(held.payer());
        CallBounds bounds = granted.call().body().bounds();
        boolean isBounding = bounds.lowerable() && isBounding(payer);
        boolean clamped = isBounding && held.amount().compareTo(payer.most()) < 0;
        long affordable = clamped
                ? Math.max(terms.leastOutput(), terms.bound().outputCovered(held.amount(), terms.output()))
                : terms.output();
        boolean isOwnBound = !clamped && bounds.output() != null;
        return new Admission.Admitted(
                ticket(payer, new Hold(payer.payer(), payer.mode(), held.amount(), clamped)),
                granted.priced().version().sheet(),
                granted.priced().wanted(),
                isOwnBound || !isBounding ? null : (Long) affordable,
                terms.size(affordable),
                held.boundTo(),
                sessions,
                false,
                slicing(payer));
    }

    /** How the rest of the call will be held; null if its hold is all there will be. */
    private @Nullable Slicing slicing(PayerTerms payer) {
        CallBounds bounds = granted.call().body().bounds();
        Long own = bounds.output();
        if (payer.mode() != SpendMode.SLICED || (own != null && own <= Slicing.SLICE_TOKENS)) {
            return null;
        }
        List<CostLimit> all = new ArrayList<>(payer.limits());
        all.addAll(limits.costs());
        return new Slicing(terms.bound(), own == null ? Long.MAX_VALUE : own, bounds.choices(), all);
    }

    /** Whether the hold is a promise the output bound must keep, so that an absent bound is sent as the cap. */
    private boolean isBounding(PayerTerms payer) {
        return switch (payer.mode()) {
            case STRICT -> !(payer.payer() instanceof Payer.Metered) || limits.isCostLimited();
            case SLICED -> false; // slices are the bound
            case LENIENT -> limits.isCostLimited(); // which alone can make its hold less than most
        };
    }

    /** Let in without the live store's knowledge. */
    Admission.Admitted unheld(PayerTerms payer) {
        CallBounds bounds = granted.call().body().bounds();
        boolean isOwnBound = bounds.output() != null || !bounds.lowerable();
        return new Admission.Admitted(
                ticket(payer, new Hold(payer.payer(), payer.mode(), payer.most(), false)),
                granted.priced().version().sheet(),
                granted.priced().wanted(),
                isOwnBound ? null : (Long) terms.output(),
                terms.size(terms.output()),
                null,
                sessions,
                true,
                null);
    }

    private Ticket ticket(PayerTerms payer, Hold hold) {
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
                windows,
                call.once() == null ? null : call.once().text());
    }
}
