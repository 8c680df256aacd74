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
     * loaded for its weight, then fewest failures in a row, then lowest id. Overloaded accounts come last, and no
     * conversation is held to one.
     */
    public Optional<Account> pick(Instant now, Load load, Set<AccountId> tried, @Nullable AccountId sticky) {
        List<Candidate> candidates = accounts.stream()
                .filter(account -> !tried.contains(account.id()) && account.isOpen(now))
                .map(account -> Candidate.of(account, now, load))
                .filter(candidate -> candidate.hasSlot() && load.withinBudget(candidate.account()))
                .toList();
        return candidates.stream()
                .filter(candidate -> candidate.account().id().equals(sticky) && !candidate.lastChoice())
                .findFirst()
                .or(() -> candidates.stream().min(Candidate.ORDER))
                .map(Candidate::account);
    }

    /** An account with its load as it was read once, so that the order cannot change while it is looked for. */
    private record Candidate(Account account, boolean lastChoice, int inFlight, int failures) {
        static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::lastChoice)
                .thenComparingInt(candidate -> candidate.account.placement().priority())
                .thenComparing(Candidate::compareLoad)
                .thenComparingInt(Candidate::failures)
                .thenComparingLong(candidate -> candidate.account.id().value());

        static Candidate of(Account account, Instant now, Load load) {
            return new Candidate(
                    account,
                    account.health().isLastChoice(now),
                    load.inFlight(account.id()),
                    load.consecutiveFailures(account.id()));
        }

        boolean hasSlot() {
            int slots = account.placement().maxConcurrency();
            return slots == 0 || inFlight < slots;
        }

        /** Compares calls in flight per weight without dividing. */
        private static int compareLoad(Candidate left, Candidate right) {
            return Long.compare(
                    (long) left.inFlight * right.account.placement().weight(),
                    (long) right.inFlight * left.account.placement().weight());
        }
    }
}
