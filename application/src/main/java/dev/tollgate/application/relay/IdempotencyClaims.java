package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.relay.RequestId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which call has which idempotency key, for all nodes and across crashes. A claim that was neither kept nor released,
 * because its node died or the database was away, ends with its call's record: it is never free before its time.
 */
public interface IdempotencyClaims {
    /** How long a key is claimed, from the claim on. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * Claims a key for a call, in one atomic step, unless it is claimed.
     *
     * @throws StoreUnavailable if nobody can tell; nothing may be sent then
     */
    Claim claim(RequestId id, IdempotencyDigest digest);

    /**
     * The call has ended; who comes with its key is given the answer, or told that there is none to give. Does not fail
     * where the database is away: the call's record tells then that it has ended.
     *
     * @param answer null: not kept
     */
    void keep(RequestId id, IdempotencyDigest digest, RelayOutcome.@Nullable Answered answer);

    /** Nothing was charged: the key is free, as soon as the database can be told. */
    void release(RequestId id, IdempotencyDigest digest);

    /** What came of claiming a key. */
    sealed interface Claim {
        /** The key is this call's. */
        record Taken() implements Claim {}

        /** Another call has it, and nobody here knows of its end. */
        record Open(RequestId first) implements Claim {}

        /**
         * The call that has it has ended.
         *
         * @param answer null: not kept
         */
        record Ended(RequestId first, RelayOutcome.@Nullable Answered answer) implements Claim {}

        /** Another call has it that asked for something else. */
        record OtherCall(RequestId first) implements Claim {}
    }
}
