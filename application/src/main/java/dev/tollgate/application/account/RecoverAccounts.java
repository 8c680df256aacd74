package dev.tollgate.application.account;

import java.time.Duration;

/**
 * Use case: take accounts whose credentials were refused back into service once their providers let them in again. All
 * other troubles pass by themselves.
 */
public interface RecoverAccounts {
    /** The pause before an account is first asked about; it doubles with each time. */
    Duration PAUSE_FIRST = Duration.ofSeconds(60);

    Duration PAUSE_MAX = Duration.ofHours(1);

    /**
     * Asks about every account that is due; to be run several times a minute, on every node: one account is asked about
     * by one node at a time. Blocks while providers are asked, about a minute at most.
     *
     * @return how many accounts were taken back
     * @throws dev.tollgate.application.identity.StoreUnavailable if the database is away; the rest is due the next time
     */
    int recover();
}
