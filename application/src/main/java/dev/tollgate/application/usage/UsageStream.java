package dev.tollgate.application.usage;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;

/** The live store's side that faces SQL: settled usage on its way there, shard by shard. */
public interface UsageStream {
    /** How many shards users are spread over; fixed for a deployment's life. */
    int shards();

    /** Names this life of the store's data; another one means that every counter is to be distrusted. */
    String generation();

    /** Settled usage that has not been reported as {@link #drained} yet, oldest first, at most {@code max}. */
    List<Pending> pending(int shard, int max);

    /** Whether an entry that was not drained is still there: it is not if it is among what the store lost since. */
    boolean has(int shard, StreamId entry);

    /** Forgets a shard's oldest entries, given as {@link #pending} told them: SQL has committed them. */
    void drained(int shard, List<Pending> committed);

    /** Entries on their way to SQL, all shards together. */
    long backlog();

    /**
     * One settled call on its way to SQL.
     *
     * @param addedRequests, addedCost what it added to the counters: all of it, or what an orphan of the same call had
     *     not added already
     */
    record Pending(StreamId id, Settlement settlement, long addedRequests, Money addedCost) {}
}
