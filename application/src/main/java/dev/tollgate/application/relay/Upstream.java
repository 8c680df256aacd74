package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountType;

/** The providers behind the accounts, as the relay needs them. */
public interface Upstream {
    /** Whether accounts of a type can be sent calls of a dialect. */
    boolean speaks(AccountType type, String dialect);

    /**
     * Sends a call to an account and waits for its answer: the whole of it when not streamed, else its head and first
     * event. Blocks the calling virtual thread, at most for the request's deadlines. Never throws for what an upstream
     * or the network does: that is a {@link Answer.Failed}.
     */
    Answer send(UpstreamRequest request);
}
