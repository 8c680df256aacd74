package dev.tollgate.application.entitlement;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.application.entitlement.RedeemCodes.Decision;
import dev.tollgate.application.identity.AttemptLimit;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.entitlement.CodeText;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redeems codes. Looking a code up locks nothing, so that only those who may get something wait for one another. */
public final class RedeemService implements Redeem {
    /** Codes that do not exist, within {@link #WITHIN}, on each node. */
    private static final int UNKNOWN_MAX = 10;

    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final RedeemCodes codes;
    private final CreditLedger ledger;
    private final UserPackages userPackages;
    private final Packages offers;
    private final KeyDigests digests;
    private final Ids ids;
    private final InstantSource clock;
    private final AttemptLimit unknown = new AttemptLimit(UNKNOWN_MAX, WITHIN);

    public RedeemService(
            RedeemCodes codes,
            CreditLedger ledger,
            UserPackages userPackages,
            Packages offers,
            KeyDigests digests,
            Ids ids,
            InstantSource clock) {
        this.codes = codes;
        this.ledger = ledger;
        this.userPackages = userPackages;
        this.offers = offers;
        this.digests = digests;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Redeemed redeem(UserId user, String typed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Duration> wait = unknown.waiting(name(user), now);
        if (wait.isPresent()) {
            return new Redeemed.TooMany(wait.get());
        }
        RedeemCode code = CodeText.read(typed)
                .flatMap(text -> codes.find(digests.of(text.text())))
                .orElse(null);
        if (code == null) {
            return unknown(user, now);
        }
        @Nullable Redeemed refusal = refusal(code, now);
        return refusal != null
                ? refusal
                : codes.use(code.id(), locked -> decide(locked, user, now)).orElseGet(() -> unknown(user, now));
    }

    private Redeemed unknown(UserId user, Instant now) {
        return unknown.take(name(user), now)
                .<Redeemed>map(Redeemed.TooMany::new)
                .orElseGet(Redeemed.Unknown::new);
    }

    private static @Nullable Redeemed refusal(RedeemCode code, Instant now) {
        return switch (code.at(now)) {
            case UNUSED -> null;
            case USED -> new Redeemed.Used(used(code));
            case EXPIRED -> new Redeemed.Expired();
            case DISABLED -> new Redeemed.Disabled();
        };
    }

    private static Use used(RedeemCode code) {
        if (code.use() == null) {
            throw new IllegalStateException("a used code without its use: " + code.id());
        }
        return code.use();
    }

    private Decision<Redeemed> decide(RedeemCode code, UserId user, Instant now) {
        @Nullable Redeemed refusal = refusal(code, now);
        if (refusal != null) {
            return new Decision<>(refusal, null);
        }
        return switch (code.gift()) {
            case Gift.OfCredit credit -> grant(code, credit.amount(), user, now);
            case Gift.OfPackage given ->
                offers.find(given.offer())
                        .map(offer -> assign(code, offer, user, now))
                        .orElseGet(() -> new Decision<>(new Redeemed.PackageGone(), null));
        };
    }

    private Decision<Redeemed> grant(RedeemCode code, Money amount, UserId user, Instant now) {
        Money before = ledger.sums(Set.of(user))
                .getOrDefault(user, Wallets.Credit.NONE)
                .granted();
        if (before.plus(amount).compareTo(Money.LIMIT_MAX) > 0) {
            return new Decision<>(new Redeemed.TooMuch(), null);
        }
        CreditEntry entry = new CreditEntry(
                ids.next(),
                user,
                CreditEntry.Kind.REDEEM,
                amount,
                code.terms().name(),
                code.reference(),
                null,
                user,
                now);
        requireNew(!ledger.book(entry).repeated(), code);
        Use use = new Use(user, now, entry.id(), null);
        return new Decision<>(new Redeemed.Credited(code.usedBy(use), entry), use);
    }

    /** A code that was sold is honoured even if its package is not on offer any more. */
    private Decision<Redeemed> assign(RedeemCode code, PackageOffer offer, UserId user, Instant now) {
        HeldPackage held = HeldPackage.assigned(ids.next(), user, offer, now);
        PackageEvent event = new PackageEvent(PackageEvent.Kind.ASSIGNED, code.reference(), user, now);
        requireNew(userPackages.add(held, event), code);
        Use use = new Use(user, now, null, held.held().id());
        return new Decision<>(new Redeemed.Assigned(code.usedBy(use), held), use);
    }

    private static void requireNew(boolean isNew, RedeemCode code) {
        if (!isNew) {
            throw new IllegalStateException("the ledger has an unused code's reference already: " + code.reference());
        }
    }

    private static String name(UserId user) {
        return String.valueOf(user.value());
    }
}
