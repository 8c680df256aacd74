package dev.tollgate.domain.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts that could serve a call, and the rule that picks one of them: a pure function, ties broken by id. */
public record Roster(List<Account> accounts) {
    public Roster {
        accounts = List.copyOf(accounts);
    }

    /**
     * The account this conversation is bound to while it can take the call; else lowest priority number, then least
     * loaded for its weight, then fewest failures in a row, then lowest id. Overloaded accounts come last.
     */
    public Optional<Account> pick(Instant now, Load load, Set<AccountId> tried, @Nullable AccountId sticky) {
        List<Account> open = accounts.stream()
                .filter(account -> !tried.contains(account.id()) && takes(account, now, load))
                .toList();
        Optional<Account> bound = open.stream()
                .filter(account -> account.id().equals(sticky) && !account.health().isLastChoice(now))
                .findFirst();
        return bound.isPresent() ? bound : open.stream().min(order(now, load));
    }

    private static boolean takes(Account account, Instant now, Load load) {
        int slots = account.placement().maxConcurrency();
        return account.isOpen(now)
                && (slots == 0 || load.inFlight(account.id()) < slots)
                && load.withinBudget(account);
    }

    private static Comparator<Account> order(Instant now, Load load) {
        return Comparator.<Account, Boolean>comparing(account -> account.health().isLastChoice(now))
                .thenComparingInt(account -> account.placement().priority())
                .thenComparing((left, right) -> compareLoad(left, right, load))
                .thenComparingInt(account -> load.consecutiveFailures(account.id()))
                .thenComparingLong(account -> account.id().value());
    }

    /** Compares calls in flight per weight without dividing. */
    private static int compareLoad(Account left, Account right, Load load) {
        long leftLoad = (long) load.inFlight(left.id()) * right.placement().weight();
        long rightLoad = (long) load.inFlight(right.id()) * left.placement().weight();
        return Long.compare(leftLoad, rightLoad);
    }
}
