package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The enabled accounts that could serve a call, however they are doing now. */
public record Candidates(Roster roster) {
    /** What a caller is told to wait when nothing better is known. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** However far off the first account's return is, callers are told to try again after this at the latest. */
    static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

    boolean isEmpty() {
        return roster.accounts().isEmpty();
    }

    /** How long until one of them may be open again. */
    Duration retryAfter(Instant now) {
        List<Instant> returns = roster.accounts().stream()
                .filter(account -> !account.isOpen(now))
                .map(Account::health)
                .map(health -> health.until())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (returns.isEmpty() || returns.size() < roster.accounts().size()) {
            return RETRY_AFTER;
        }
        Duration wait = Duration.between(now, returns.get(0));
        return wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait.plusSeconds(1);
    }
}
