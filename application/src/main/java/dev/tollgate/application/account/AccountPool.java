package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.util.List;

/** The accounts as routing sees them, in memory, with how their last calls went. */
public interface AccountPool {
    /** Every account, enabled or not, as last known. */
    List<Account> accounts();

    /** How to reach an account; its credentials are opened on demand. */
    Connection connection(AccountId account);

    int consecutiveFailures(AccountId account);

    /** An attempt succeeded: failures in a row start from none. */
    void succeeded(AccountId account);

    /** Spares an account one model until an instant: a limit of that model's alone is reached. Known on this node only. */
    void spare(AccountId account, String model, Instant until);

    /** Whether the account is spared a model, by the name that is sent. */
    boolean isSpared(AccountId account, String model, Instant now);

    /** An attempt was served, and its answer tells what the next one would meet: takes over the health. */
    void warned(AccountId account, Fault fault, Health health);

    /** An attempt failed: counts it, keeps its words for operators, and takes over the health that follows from it. */
    void failed(AccountId account, Fault fault, Health health);
}
