package dev.tollgate.domain.account;

/** What the pick must know of an account beyond its own record, at the moment it is asked. */
public interface Load {
    /** Calls being served now. */
    int inFlight(AccountId account);

    /** Failures in a row since the last success. */
    int consecutiveFailures(AccountId account);

    /** Whether today's upstream cost leaves room under the daily budget. */
    boolean withinBudget(Account account);
}
