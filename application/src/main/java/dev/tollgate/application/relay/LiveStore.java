package dev.tollgate.application.relay;

import dev.tollgate.application.usage.LiveCounters;
import dev.tollgate.application.usage.LosableUsage;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.Ticket;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is used and held at this moment, shared by all nodes: the only place that admits.
 *
 * <p>Each method is one atomic step for each call or subject it names. Any may be repeated with the same id: the second
 * time changes nothing. A counter of which nothing is known yet is seeded from SQL before it is trusted. Except for
 * {@link #reserve}, a store that cannot be asked in time is a
 * {@link dev.tollgate.application.identity.StoreUnavailable}.
 */
public interface LiveStore extends LiveCounters, LosableUsage {
    /** A lease on a hold or a slot runs out this long after its last heartbeat. */
    int LEASE_SECONDS = 30;

    /** Checks every limit and holds the money, or takes nothing. A repeated id gets its first answer. */
    Reservation reserve(Reserve reserve);

    /** What {@link #reserve} would answer now. Nothing is taken and no mark is left. */
    Reservation weigh(Reserve reserve);

    /**
     * Marks a hold as sent upstream: from now on it ends in a record, whatever happens.
     *
     * @return false if the hold is gone (cancelled, or swept because its lease ran out): then nothing may be sent
     */
    boolean sent(Ticket ticket);

    /**
     * Takes a slot as {@link #leaseSlot} does and marks the hold as {@link #sent} does, both asked at once.
     *
     * @return as {@link #leaseSlot}; {@link Leased#BUSY} too if the hold is gone; without a slot there is no mark either
     */
    default Leased start(Account account, Ticket ticket, Money upstreamMost) {
        Leased leased = leaseSlot(account, ticket.id(), upstreamMost);
        if (leased == Leased.TAKEN && !sent(ticket)) {
            releaseSlot(account.id(), ticket.id(), Money.ZERO);
            return Leased.BUSY;
        }
        return leased;
    }

    /** Takes the mark of a hold back: nothing was sent after all. */
    void unsend(UserId user, RequestId id);

    /** Frees a hold of which nothing was sent; gives back the daily request. */
    void cancel(RequestId id);

    /**
     * Renews the leases of running calls, of their holds as of their slots, and keeps what is known of them.
     *
     * @return the calls that hold nothing (any more); a heartbeat does not reopen them, {@link #reopen} does
     */
    Set<RequestId> heartbeat(List<Progress> running);

    /**
     * Raises what a call holds to an amount, if the limits carry what it lacks of that; never lowers it. In place of a
     * limit stands the one the store knows, unless that is older.
     *
     * @param limits those the call was admitted under: of its payer, its user and its key
     */
    Raised raise(Ticket ticket, Money amount, List<CostLimit> limits);

    /**
     * Takes a sent call's hold again after it was lost: unconditionally when the store lost its data, else if its limits
     * still carry it. False if they do not, or if the call is settled: its stream must then end.
     *
     * @param amount what it held last, which may be more than its ticket says
     */
    boolean reopen(Ticket ticket, Money amount);

    /**
     * Drops a shard's holds whose lease ran out. Those never sent vanish; those sent are returned, again each time until
     * they are settled as orphans.
     *
     * @param alive calls of this node, which are left alone whatever their lease
     */
    List<Lost> sweep(int shard, Set<RequestId> alive);

    /**
     * Applies a call's absolute result once: frees exactly what it holds, counts it in the windows its ticket names and
     * in the totals of user, key and account, and appends it to the stream for the drainer. Where an orphan of the same
     * call was applied, only the difference counts.
     */
    void settle(Settlement settlement);

    /**
     * Applies an orphan that {@link #sweep} found, as {@link #settle} does, unless its lease was renewed since.
     *
     * @return false if its owner is back: then it is left alone
     */
    boolean orphan(Settlement settlement);

    /** What is used and held in the windows of a user's subject; a window never spent in is absent. */
    Map<WindowKey, Spent> spent(UserId user, Subject subject);

    /** How many calls and tokens of a user's subject count now. */
    Pace pace(UserId user, Subject subject);

    /** Both of many users' subjects, asked for at once; each subject's figures are of one moment, all together are not. */
    Map<Subject, Counted> counted(Map<Subject, UserId> subjects);

    /**
     * Makes a limit known before a call brings it; that with the highest version stands. A cut must be pushed so before
     * its edit is answered.
     */
    void limit(UserId user, CostLimit limit);

    /**
     * Takes one of an account's slots for a call, if its limit of calls at once and its daily budget allow; the lease
     * dies with its node.
     *
     * @param upstreamMost what the call can cost the account, held against a daily budget while it runs
     */
    Leased leaseSlot(Account account, RequestId id, Money upstreamMost);

    /**
     * Gives the slot back with what it holds, and counts the attempt's upstream cost against the account's day; once a
     * lease. Does not wait for a store that is elsewhere.
     */
    void releaseSlot(AccountId account, RequestId id, Money upstreamCost);

    /** Calls in flight by account; an account without any is absent. */
    Map<AccountId, Integer> inFlight();

    /** Accounts whose daily budget was found spent when a slot was asked for, not longer than a moment ago. */
    Set<AccountId> overBudget();

    /**
     * Sets right what accounts cost upstream on a UTC day, from SQL; the budget is a guard and not money.
     *
     * @param mayLower false while SQL may lack some of it: then what is known is only raised
     */
    void spentUpstream(LocalDate day, Map<AccountId, Money> spent, boolean mayLower);

    /** Binds a session's digest to an account for an hour from now. Does not wait for a store that is elsewhere. */
    void bindSession(String digest, AccountId account);

    /** What came of asking an account for a slot. */
    enum Leased {
        TAKEN,
        /** The running calls take them all, or hold what is left of the day's budget. */
        BUSY,
        /** What is left of the day's budget is too little, whatever ends. */
        SPENT
    }

    /** What counts of a subject: in its windows as {@link #spent} tells it, at this moment as {@link #pace} does. */
    record Counted(Map<WindowKey, Spent> spent, Pace pace) {
        public Counted {
            spent = Map.copyOf(spent);
        }
    }

    /** A sent call whose owner is gone, with the last that was known of it. */
    record Lost(Ticket ticket, @Nullable Progress progress) {}
}
