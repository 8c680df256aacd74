package dev.tollgate.domain.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long an account is spared after a failure: a pure rule of what failed, how often in a row, and the instant. */
public final class CoolDown {
    /** The longest an upstream may send an account away: a weekly window. */
    public static final Duration RETRY_MAX = Duration.ofDays(7);

    /** From so many failures of the provider in a row on, an account is the last choice for a while. */
    public static final int FAILURES_BEFORE_LAST_CHOICE = 3;

    private static final Duration RATE_LIMIT_FIRST = Duration.ofSeconds(60);
    private static final Duration RATE_LIMIT_MAX = Duration.ofMinutes(5);
    private static final Duration OVERLOAD = Duration.ofSeconds(60);
    private static final Duration FAILING = Duration.ofSeconds(30);
    private static final Duration BALANCE_FIRST = Duration.ofMinutes(30);
    private static final Duration BALANCE_MAX = Duration.ofHours(12);
    private static final int UNAUTHORIZED = 401;
    private static final int DOUBLINGS_MAX = 10;

    private CoolDown() {}

    /**
     * The health of an account after a failed attempt. A failure never shortens or softens what an earlier one
     * imposed and still holds.
     *
     * @param failuresInARow this one included
     */
    public static Health after(Account account, Fault fault, int failuresInARow, Instant now) {
        Health current = account.health().at(now);
        Health imposed = switch (fault.kind()) {
            case RATE_LIMITED -> new Health(Health.Status.RATE_LIMITED, rateLimitedUntil(fault, failuresInARow, now));
            case OVERLOADED -> new Health(Health.Status.OVERLOADED, now.plus(OVERLOAD));
            case CREDENTIALS -> refused(account.type(), fault);
            case BALANCE ->
                new Health(Health.Status.SUSPENDED, now.plus(rising(BALANCE_FIRST, BALANCE_MAX, failuresInARow)));
            case CONNECT, UNKNOWN, TIMEOUT, SERVER, BROKEN ->
                failuresInARow < FAILURES_BEFORE_LAST_CHOICE
                        ? Health.VALID
                        : new Health(Health.Status.OVERLOADED, now.plus(FAILING));
            case REQUEST -> Health.VALID;
        };
        return stricter(current, imposed);
    }

    /** Until when a rate limit holds: as the upstream said, within bounds, else longer with each failure in a row. */
    public static Instant rateLimitedUntil(Fault fault, int failuresInARow, Instant now) {
        Instant retryAt = fault.retryAt();
        if (retryAt == null || !retryAt.isAfter(now)) {
            return now.plus(rising(RATE_LIMIT_FIRST, RATE_LIMIT_MAX, failuresInARow));
        }
        Instant latest = now.plus(RETRY_MAX);
        return retryAt.isAfter(latest) ? latest : retryAt;
    }

    /** An OAuth account's token has run out where it was let in before; a key that is refused stays refused. */
    private static Health refused(AccountType type, Fault fault) {
        Integer status = fault.httpStatus();
        boolean expired = type == AccountType.CLAUDE_OAUTH && status != null && status == UNAUTHORIZED;
        return new Health(expired ? Health.Status.TOKEN_EXPIRED : Health.Status.INVALID, null);
    }

    private static Duration rising(Duration first, Duration most, int failuresInARow) {
        int doublings = Math.min(Math.max(failuresInARow - 1, 0), DOUBLINGS_MAX);
        Duration risen = first.multipliedBy(1L << doublings);
        return risen.compareTo(most) < 0 ? risen : most;
    }

    private static Health stricter(Health current, Health imposed) {
        int difference = severity(imposed.status()) - severity(current.status());
        if (difference != 0) {
            return difference > 0 ? imposed : current;
        }
        return ends(current.until(), imposed.until()) ? imposed : current;
    }

    private static boolean ends(@Nullable Instant before, @Nullable Instant later) {
        return later == null || (before != null && before.isBefore(later));
    }

    private static int severity(Health.Status status) {
        return switch (status) {
            case VALID -> 0;
            case OVERLOADED -> 1;
            case RATE_LIMITED -> 2;
            case SUSPENDED -> 3;
            case TOKEN_EXPIRED -> 4;
            case INVALID -> 5;
        };
    }
}
