package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
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

    /** An attempt failed: counts it, keeps its words for operators, and takes over the health that follows from it. */
    void failed(AccountId account, Fault fault, Health health);
}
