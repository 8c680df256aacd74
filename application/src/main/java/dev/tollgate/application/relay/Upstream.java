package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountType;
import org.jspecify.annotations.Nullable;

/** The providers behind the accounts, as the relay needs them. */
public interface Upstream {
    /** Whether accounts of a type can be sent a call: they speak its dialect, or it can be converted for them. */
    boolean speaks(AccountType type, RelayCall call);

    /**
     * Makes a call ready for an account: nothing goes on the wire yet. Converts it where the account's platform speaks
     * another dialect, and may block for what the conversion needs (an image, a fresh token).
     */
    Prepared prepare(UpstreamRequest request);

    /**
     * A count of our own of a call's input tokens, an estimate and never more than the context window. Takes time.
     *
     * @param type of the account it would go to, null if there is none
     */
    long inputTokens(RelayCall call, @Nullable AccountType type, String sentModel, long contextWindow);
}
