package dev.tollgate.application.relay;

import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.entitlement.Payers;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Standing;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowStanding;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may pay for a call, and what each of them must hold. What they have left only the live store knows. */
public final class PayerChoice {
    /** Output tokens a lenient payer is held for: an estimate, since agents ask for 32 000 and use 500. */
    private static final long LENIENT_OUTPUT = 1024;

    private final Wallets wallets;

    public PayerChoice(Wallets wallets) {
        this.wallets = wallets;
    }

    PayerOrder order(Entrance.Result.Granted granted, Instant now) {
        User user = granted.holder().user();
        ApiKey key = granted.holder().key();
        String model = granted.priced().model().name();
        Payers payers = new Payers(
                user.id(),
                wallets.packages(user.id()),
                wallets.credit(user.id()).granted(),
                user.billingMode());
        return key.boundPackage() != null
                ? payers.boundTo(key.boundPackage(), model, now)
                : payers.order(model, now, types(key.billingType()));
    }

    private static Set<PackageType> types(BillingType billingType) {
        return switch (billingType) {
            case QUOTA -> EnumSet.of(PackageType.QUOTA);
            case SUBSCRIPTION -> EnumSet.of(PackageType.SUBSCRIPTION);
            case ANY -> EnumSet.allOf(PackageType.class);
        };
    }

    /**
     * The order's payers with what each must hold, at most as many as one reservation takes.
     *
     * @param own what the hold must fit whoever pays: no estimate does where user or key may spend only so much
     */
    List<PayerTerms> terms(PayerOrder order, Admitting.Terms terms, CallLimits own, Instant now) {
        int room = Reserve.PAYERS_MAX - order.others().size();
        boolean isEstimable = !own.isCostLimited();
        Stream<PayerTerms> packages =
                order.packages().stream().limit(room).map(held -> ofPackage(held, terms, isEstimable, now));
        Stream<PayerTerms> others = order.others().stream().map(payer -> other(payer, terms));
        return Stream.concat(packages, others).toList();
    }

    private static PayerTerms ofPackage(UserPackage held, Admitting.Terms terms, boolean isEstimable, Instant now) {
        SubjectWindows windows = new SubjectWindows(
                subject(held), held.windowsAt(now).stream().map(Window::key).toList());
        SpendMode mode = held.terms().spendMode();
        Payer payer = new Payer.OfPackage(held.id());
        List<CostLimit> limits = limits(held, now);
        return switch (mode) {
            case STRICT -> whole(payer, mode, terms, limits, windows);
            case SLICED ->
                terms.isSliceable()
                        ? sliced(payer, terms, limits, windows)
                        : whole(payer, SpendMode.STRICT, terms, limits, windows);
            case LENIENT ->
                isEstimable ? estimated(payer, terms, limits, windows) : whole(payer, mode, terms, limits, windows);
        };
    }

    /** One of each window of a package, those without a limit included. */
    static List<CostLimit> limits(UserPackage held, Instant now) {
        Standing standing = held.at(now);
        return held.windowsAt(now).stream()
                .map(window -> new CostLimit(
                        subject(held),
                        window,
                        standing.of(window.kind()).map(WindowStanding::limit).orElse(CostLimit.NONE),
                        held.version()))
                .toList();
    }

    /** What a package's spending is counted under. */
    static Subject subject(UserPackage held) {
        return new Subject(SubjectKind.PACKAGE, held.id().value());
    }

    private PayerTerms other(Payer payer, Admitting.Terms terms) {
        return switch (payer) {
            case Payer.OfCredit(UserId user) -> ofCredit(user, terms);
            case Payer.Metered metered ->
                new PayerTerms(metered, SpendMode.STRICT, most(terms), least(terms), List.of(), null);
            case Payer.OfPackage held -> throw new IllegalArgumentException("packages are asked first: " + held);
        };
    }

    private PayerTerms ofCredit(UserId user, Admitting.Terms terms) {
        Subject subject = new Subject(SubjectKind.CREDIT, user.value());
        Wallets.Credit credit = wallets.credit(user);
        CostLimit limit = new CostLimit(subject, Window.TOTAL, credit.granted(), credit.version());
        SubjectWindows windows = new SubjectWindows(subject, List.of(Window.TOTAL.key()));
        return whole(new Payer.OfCredit(user), SpendMode.STRICT, terms, List.of(limit), windows);
    }

    private static PayerTerms whole(
            Payer payer, SpendMode mode, Admitting.Terms terms, List<CostLimit> limits, SubjectWindows windows) {
        return new PayerTerms(payer, mode, most(terms), least(terms), limits, windows);
    }

    private static PayerTerms sliced(
            Payer payer, Admitting.Terms terms, List<CostLimit> limits, SubjectWindows windows) {
        Money slice = Slicing.first(terms.bound(), terms.output());
        return new PayerTerms(payer, SpendMode.SLICED, slice, slice, limits, windows);
    }

    private static PayerTerms estimated(
            Payer payer, Admitting.Terms terms, List<CostLimit> limits, SubjectWindows windows) {
        Money estimate = terms.bound().covering(Math.min(terms.output(), LENIENT_OUTPUT));
        return new PayerTerms(payer, SpendMode.LENIENT, estimate, estimate, limits, windows);
    }

    private static Money most(Admitting.Terms terms) {
        return terms.bound().covering(terms.output());
    }

    private static Money least(Admitting.Terms terms) {
        return terms.bound().covering(terms.leastOutput());
    }
}
