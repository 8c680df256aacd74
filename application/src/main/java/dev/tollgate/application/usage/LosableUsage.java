package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.util.Set;

/** The live store's side that journals make good: what it may lose together with its data. */
public interface LosableUsage {
    /** How many shards users are spread over; fixed for a deployment's life. */
    int shards();

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
}
