package dev.tollgate.application.entitlement;

import dev.tollgate.application.entitlement.CreditLedger.Booked;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the ledger of credit. */
public final class ManageCreditsService implements ManageCredits {
    private final CreditLedger ledger;
    private final Balances balances;
    private final Predicate<UserId> users;
    private final Charges charges;
    private final Ids ids;
    private final InstantSource clock;

    /** @param users whether a user exists */
    public ManageCreditsService(
            CreditLedger ledger,
            Balances balances,
            Predicate<UserId> users,
            Charges charges,
            Ids ids,
            InstantSource clock) {
        this.ledger = ledger;
        this.balances = balances;
        this.users = users;
        this.charges = charges;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Statement> statement(UserId user, @Nullable Long before, int limit) {
        if (!users.test(user)) {
            return Optional.empty();
        }
        Spent spent = balances.credit(Set.of(user)).getOrDefault(user, Spent.NOTHING);
        Money balance = sum(user).granted().minus(spent.used());
        return Optional.of(new Statement(balance, spent.held(), ledger.entries(user, before, limit)));
    }

    @Override
    public Granted grant(Grant grant) {
        if (!users.test(grant.user())) {
            return new Granted.NoSuchUser();
        }
        Optional<Granted> before = before(grant);
        if (before.isPresent()) {
            return before.get();
        }
        Wallets.Credit sum = sum(grant.user());
        if (grant.amount().compareTo(Money.LIMIT_MAX) > 0
                || sum.granted().plus(grant.amount()).compareTo(Money.LIMIT_MAX) > 0) {
            return new Granted.TooMuch();
        }
        if (grant.refunded() != null) {
            return refund(grant, grant.refunded());
        }
        return grant.amount().isNegative() ? takeBack(grant, sum) : done(ledger.book(entry(grant)));
    }

    private Optional<Granted> before(Grant grant) {
        Optional<CreditEntry> before =
                grant.reference() == null ? Optional.empty() : ledger.find(grant.user(), grant.reference());
        return before.map(entry -> new Granted.Done(entry, true));
    }

    private Granted refund(Grant grant, RequestId call) {
        Money charge = charges.of(grant.user(), call).orElse(null);
        if (charge == null) {
            return new Granted.NoSuchCall();
        }
        return ledger.refund(entry(grant), charge)
                .map(ManageCreditsService::done)
                .orElseGet(() -> new Granted.MoreThanCharged(charge));
    }

    private Granted takeBack(Grant grant, Wallets.Credit before) {
        AtomicReference<@Nullable Booked> booked = new AtomicReference<>();
        Balances.TakenBack result =
                balances.takeBack(grant.user(), grant.amount().negated(), before, () -> {
                    Booked deduction = ledger.book(entry(grant));
                    booked.set(deduction);
                    return deduction.sum();
                });
        return switch (result) {
            case DONE -> done(Objects.requireNonNull(booked.get()));
            case NOT_THERE -> before(grant).orElseGet(Granted.NotThere::new); // the same, a moment earlier
            case STORE_AWAY -> new Granted.StoreAway();
        };
    }

    private CreditEntry entry(Grant grant) {
        return new CreditEntry(
                ids.next(),
                grant.user(),
                kind(grant),
                grant.amount(),
                grant.reason(),
                grant.reference(),
                grant.refunded(),
                grant.actor(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static CreditEntry.Kind kind(Grant grant) {
        if (grant.refunded() != null) {
            return CreditEntry.Kind.REFUND;
        }
        return grant.amount().isNegative() ? CreditEntry.Kind.DEDUCTION : CreditEntry.Kind.GRANT;
    }

    private static Granted done(Booked booked) {
        return new Granted.Done(booked.entry(), booked.repeated());
    }

    private Wallets.Credit sum(UserId user) {
        return ledger.sums(Set.of(user)).getOrDefault(user, Wallets.Credit.NONE);
    }
}
