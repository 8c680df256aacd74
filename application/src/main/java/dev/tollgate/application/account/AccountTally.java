package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many accounts are in which state at an instant; a state without accounts counts 0. */
public record AccountTally(Map<State, Long> counts) {
    public AccountTally {
        counts = Map.copyOf(counts);
    }

    /** What an account is worth to a call: its health, unless an operator has switched it off. */
    public enum State {
        VALID,
        RATE_LIMITED,
        OVERLOADED,
        TOKEN_EXPIRED,
        SUSPENDED,
        INVALID,
        DISABLED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State of(Account account, Instant now) {
            if (!account.enabled()) {
                return DISABLED;
            }
            return switch (account.health().at(now).status()) {
                case VALID -> VALID;
                case RATE_LIMITED -> RATE_LIMITED;
                case OVERLOADED -> OVERLOADED;
                case TOKEN_EXPIRED -> TOKEN_EXPIRED;
                case SUSPENDED -> SUSPENDED;
                case INVALID -> INVALID;
            };
        }
    }

    public static AccountTally of(Collection<Account> accounts, Instant now) {
        Map<State, Long> counts = new EnumMap<>(State.class);
        accounts.forEach(account -> counts.merge(State.of(account, now), 1L, Long::sum));
        return new AccountTally(counts);
    }

    public long count(State state) {
        return counts.getOrDefault(state, 0L);
    }
}
