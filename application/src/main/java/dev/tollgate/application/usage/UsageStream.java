package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.util.List;
import java.util.Set;

/** The live store's side that faces SQL: settled usage on its way there, shard by shard. */
public interface UsageStream {
    /** How many shards users are spread over; fixed for a deployment's life. */
    int shards();

    /** Names this life of the store's data; another one means that every counter is to be distrusted. */
    String generation();

    /**
     * Names the data the store has. Another text means that settlements may be lost which it had answered for, be it in
     * the same generation: then the journals bring them again.
     */
    String life();

    /** Applies a settlement again, in the background, where the first time may be lost; its mark decides. */
    void settleAgain(Settlement settlement);

    /** The calls that hold something in a shard. */
    Set<RequestId> held(int shard);

    /**
     * Frees what a call holds that SQL has already: the store has the hold again since it lost what came after. Nothing is
     * counted.
     */
    void release(int shard, RequestId id);

    /** Settled usage that has not been reported as {@link #drained} yet, oldest first, at most {@code max}. */
    List<Pending> pending(int shard, int max);

    /** Whether an entry that was not drained is still there: it is not if it is among what the store lost since. */
    boolean has(int shard, StreamId entry);

    /** Forgets a shard's oldest entries, given as {@link #pending} told them: SQL has committed them. */
    void drained(int shard, List<Pending> committed);

    /** Entries on their way to SQL, all shards together. */
    long backlog();

    /** Holds that are open now. */
    long openHolds();

    /** Whoever may have counters in a shard. */
    Set<Subject> subjects(int shard);

    /** The counters of some of a shard's subjects, and all its holds and pending entries, all of one moment. */
    ShardSnapshot snapshot(int shard, Set<Subject> subjects);

    /** Adds to counters what they lack; of a subject that is not known any more, nothing. */
    void correct(int shard, List<Correction> corrections);

    /** What a counter lacks; negative where it has too much. */
    record Correction(Subject subject, WindowKey window, long requests, Money used, Money held) {}

    /**
     * One settled call on its way to SQL.
     *
     * @param addedRequests, addedCost what it added to the counters: all of it, or what an orphan of the same call had
     *     not added already
     */
    record Pending(StreamId id, Settlement settlement, long addedRequests, Money addedCost) {}
}
