package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Load;
import dev.tollgate.domain.account.Roster;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call's search for a slot among the accounts that could serve it. */
final class SlotSearch {
    private final SlotLeases leases;
    private final OutgoingCall call;
    private final Roster roster;
    private final Set<AccountId> tried;
    private final InstantSource clock;
    /** Accounts whose budget of the day is too small for this call. */
    private final Set<AccountId> spent = new HashSet<>();

    SlotSearch(SlotLeases leases, OutgoingCall call, Roster roster, Set<AccountId> tried, InstantSource clock) {
        this.leases = leases;
        this.call = call;
        this.roster = roster;
        this.tried = Set.copyOf(tried);
        this.clock = clock;
    }

    /** A slot of an account that is known to have one; null if there is none. */
    @Nullable
    Account takeFree(Set<AccountId> othersFirst) {
        return take(account -> !othersFirst.contains(account.id()), leases.load());
    }

    /** A slot of one of these accounts, however busy they were a moment ago; null if there is none. */
    @Nullable
    Account takeAmong(Set<AccountId> accounts) {
        return accounts.isEmpty()
                ? null
                : take(account -> accounts.contains(account.id()), new AsIfIdle(leases.load()));
    }

    private @Nullable Account take(Predicate<Account> isMine, Load load) {
        Set<AccountId> passed = roster.accounts().stream()
                .filter(isMine.negate())
                .map(Account::id)
                .collect(Collectors.toCollection(HashSet::new));
        passed.addAll(tried);
        passed.addAll(spent);
        while (true) {
            Account picked =
                    roster.pick(clock.instant(), load, passed, call.boundTo()).orElse(null);
            if (picked == null) {
                return null;
            }
            switch (leases.take(picked, call)) {
                case TAKEN -> {
                    return picked;
                }
                case BUSY -> passed.add(picked.id());
                case SPENT -> {
                    passed.add(picked.id());
                    spent.add(picked.id());
                }
            }
        }
    }

    /** The accounts that lack nothing but a free slot. */
    Set<AccountId> busy() {
        Load load = leases.load();
        Instant now = clock.instant();
        return roster.accounts().stream()
                .filter(account -> isOpen(account, now) && !spent.contains(account.id()) && load.withinBudget(account))
                .map(Account::id)
                .collect(Collectors.toSet());
    }

    boolean isAnyOpen() {
        Instant now = clock.instant();
        return roster.accounts().stream().anyMatch(account -> isOpen(account, now));
    }

    Set<AccountId> spent() {
        return spent;
    }

    private boolean isOpen(Account account, Instant now) {
        return !tried.contains(account.id()) && account.isOpen(now);
    }

    /** Looks past how many calls were last known to run: what is known may be older than what came free. */
    private record AsIfIdle(Load known) implements Load {
        @Override
        public int inFlight(AccountId account) {
            return 0;
        }

        @Override
        public int consecutiveFailures(AccountId account) {
            return known.consecutiveFailures(account);
        }

        @Override
        public boolean withinBudget(Account account) {
            return known.withinBudget(account);
        }
    }
}
