package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.util.List;

/** What users may spend, in memory: their packages (without what is spent, which only the live store knows) and credit. */
public interface Wallets {
    /** A user's packages, ended ones included for as long as they are kept in memory. */
    List<UserPackage> packages(UserId user);

    /** The sum of a user's credit ledger, grants and deductions but not calls, with a version that rises with it. */
    Credit credit(UserId user);

    /** How much a user's calls may use of credit in all. */
    record Credit(Money granted, long version) {
        public static final Credit NONE = new Credit(Money.ZERO, 0);
    }
}
