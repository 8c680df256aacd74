package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that has been let in, as it goes from account to account until one answers. */
interface OutgoingCall {
    RelayCall call();

    /** The model as it was asked for, or a mapping's target: what goes upstream unless the account maps it. */
    String wantedModel();

    /** The model on the price list. */
    String model();

    /** The output bound to send, null to leave the body's own. */
    @Nullable
    Long outputBound();

    long contextWindow();

    /** The most the call can cost an account at list price; a hold on its budget of the day. */
    Money upstreamMost(Account account);

    /** The account its conversation is bound to, null if none. */
    @Nullable
    AccountId boundTo();

    /** What ties it to a conversation, strongest first; empty if it is tied to none. */
    List<String> sessions();

    /** The ticket to mark its hold with when a slot is taken; null if there is none, or if it is marked. */
    @Nullable
    Ticket unmarked();

    /** Its hold is marked as sent from now on. */
    void marked();

    /**
     * A request is about to go out.
     *
     * @param left the caller's fields that are left out of the request
     * @return false if nothing may be sent any more
     */
    boolean sending(Account account, String sentModel, List<String> left);

    /** What stands behind its stream. */
    StreamGate hold();

    /** The request that went out last failed; its account's slot is free again. */
    void failed(Fault fault);
}
