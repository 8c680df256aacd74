package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credit ledger in a list. */
public final class InMemoryCreditLedger implements CreditLedger {
    private final List<CreditEntry> entries = new ArrayList<>();

    @Override
    public synchronized Booked book(CreditEntry entry) {
        Optional<CreditEntry> before =
                entry.reference() == null ? Optional.empty() : find(entry.user(), entry.reference());
        if (before.isEmpty()) {
            entries.add(entry);
        }
        return new Booked(before.orElse(entry), before.isPresent(), sum(entry.user()));
    }

    @Override
    public synchronized Optional<Booked> refund(CreditEntry entry, Money charge) {
        boolean isRepeated = entry.reference() != null
                && find(entry.user(), entry.reference()).isPresent();
        Money refunded = of(entry.user()).stream()
                .filter(earlier -> Objects.equals(earlier.call(), entry.call()))
                .map(CreditEntry::amount)
                .reduce(entry.amount(), Money::plus);
        return isRepeated || refunded.compareTo(charge) <= 0 ? Optional.of(book(entry)) : Optional.empty();
    }

    @Override
    public synchronized Optional<CreditEntry> find(UserId user, String reference) {
        return of(user).stream()
                .filter(entry -> reference.equals(entry.reference()))
                .findFirst();
    }

    @Override
    public synchronized List<CreditEntry> entries(UserId user, @Nullable Long before, int limit) {
        return of(user).stream()
                .filter(entry -> before == null || entry.id() < before)
                .sorted(Comparator.comparingLong(CreditEntry::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<UserId, Wallets.Credit> sums(Collection<UserId> users) {
        Map<UserId, Wallets.Credit> sums = new HashMap<>();
        users.stream().filter(user -> !of(user).isEmpty()).forEach(user -> sums.put(user, sum(user)));
        return sums;
    }

    private Wallets.Credit sum(UserId user) {
        Money sum = of(user).stream().map(CreditEntry::amount).reduce(Money.ZERO, Money::plus);
        return new Wallets.Credit(sum, of(user).size());
    }

    private List<CreditEntry> of(UserId user) {
        return entries.stream().filter(entry -> entry.user().equals(user)).toList();
    }
}
