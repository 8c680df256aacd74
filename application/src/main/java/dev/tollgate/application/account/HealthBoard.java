package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Health;

/** How an operator's word on an account's health reaches routing. */
public interface HealthBoard {
    /** Takes over a health in place of whatever was learnt from calls and is not stored yet. */
    void set(AccountId account, Health health);

    int consecutiveFailures(AccountId account);
}
