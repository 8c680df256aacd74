package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountType;

/** The providers behind the accounts, as the relay needs them. */
public interface Upstream {
    /** Whether accounts of a type can be sent a call: they speak its dialect, or it can be converted for them. */
    boolean speaks(AccountType type, RelayCall call);

    /**
     * Makes a call ready for an account: nothing goes on the wire yet. Converts it where the account's platform speaks
     * another dialect, and may block for what the conversion needs (an image, a fresh token).
     */
    Prepared prepare(UpstreamRequest request);
}
