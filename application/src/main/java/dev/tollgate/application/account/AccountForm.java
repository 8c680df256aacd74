package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;

/** What an operator says of an account, credentials apart. */
public record AccountForm(
        String name, AccountType type, Access access, Placement placement, Serving serving, boolean enabled) {

    static AccountForm of(StoredAccount stored) {
        Account account = stored.account();
        return new AccountForm(
                account.name(),
                account.type(),
                stored.access(),
                account.placement(),
                account.serving(),
                account.enabled());
    }

    /** The same with what stands in another's access in the place of each mask. */
    AccountForm unmasked(Access current) {
        return new AccountForm(name, type, access.unmasked(current), placement, serving, enabled);
    }

    Account account(AccountId id, Health health) {
        return new Account(id, name, type, placement, serving, enabled, health);
    }
}
