package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import java.util.Optional;

/** Use case: an OAuth account's token is renewed on demand. */
public interface RenewToken {
    /** Renews an account's token now. @return what came of it; empty if there is no such account to renew */
    Optional<Renewal> renew(AccountId account);

    /** What a renewal on demand came to. */
    sealed interface Renewal {
        record Renewed() implements Renewal {}

        /** @param words why, for operators */
        record Failed(String words) implements Renewal {}
    }
}
