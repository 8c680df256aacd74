package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is used and held at this moment, shared by all nodes: the only place that admits.
 *
 * <p>Each method is one atomic step. Any may be repeated with the same id: the second time changes nothing.
 */
public interface LiveStore {
    /** Checks every limit and holds the money, or takes nothing. A repeated id gets its first answer. */
    Reservation reserve(Reserve reserve);

    /** Marks a hold as sent upstream: from now on it ends in a record, whatever happens. */
    void sent(Ticket ticket);

    /** Frees a hold of which nothing was sent; gives back the daily request. */
    void cancel(RequestId id);

    /** Renews the leases of running calls and keeps what is known of them. */
    void heartbeat(List<Progress> running);

    /**
     * Applies a call's absolute result once: frees exactly what it holds, counts it in the windows its ticket names and
     * in the totals of user, key and account, and appends it to the stream for the drainer.
     */
    void settle(Settlement settlement);

    /** What is used and held in a subject's windows; a window never spent in is absent. */
    Map<WindowKey, Spent> spent(Subject subject);

    /**
     * Takes one of an account's slots for a call, if its limit of calls at once and its daily budget allow; the lease
     * dies with its node.
     */
    boolean leaseSlot(Account account, RequestId id);

    /** Gives the slot back and counts the attempt's upstream cost against the account's day; once a lease. */
    void releaseSlot(AccountId account, RequestId id, Money upstreamCost);

    /** Calls in flight by account; an account without any is absent. */
    Map<AccountId, Integer> inFlight();

    /** Accounts whose daily budget is spent. */
    Set<AccountId> overBudget();

    /** Binds a session's digest to an account for an hour from now. */
    void bindSession(String digest, AccountId account);

    /** Settled usage that SQL does not have yet, oldest first, at most {@code max}, of one shard. */
    List<Pending> pending(int shard, int max);

    /** Forgets pending entries that SQL has committed. */
    void drained(int shard, List<Pending> entries);

    /** Holds that are open now. */
    long openHolds();

    /** One settled call on its way to SQL; {@code position} orders a shard's stream. */
    record Pending(String position, Settlement settlement) {}
}
