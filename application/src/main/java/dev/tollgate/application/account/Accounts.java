package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The stored accounts. */
public interface Accounts {
    /** All of them, newest first. */
    List<StoredAccount> all();

    Optional<StoredAccount> find(AccountId id);

    void add(StoredAccount account);

    /**
     * Applies a change to an account as it is stored, while nobody else changes it; what the change throws undoes it.
     *
     * @return the account as it is now, empty if there is none
     */
    Optional<StoredAccount> change(AccountId id, UnaryOperator<StoredAccount> change);

    boolean remove(AccountId id);
}
