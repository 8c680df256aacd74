package dev.tollgate.application.relay;

import dev.tollgate.domain.relay.RequestId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims in a map. */
public final class InMemoryIdempotencyClaims implements IdempotencyClaims {
    private final InstantSource clock;
    private final Map<String, Held> held = new HashMap<>();
    private final Set<RequestId> recorded = new HashSet<>();

    public InMemoryIdempotencyClaims(InstantSource clock) {
        this.clock = clock;
    }

    private record Held(
            RequestId id, String call, Instant until, boolean ended, RelayOutcome.@Nullable Answered answer) {}

    /** The usage records have this call now. */
    public synchronized void record(RequestId id) {
        recorded.add(id);
    }

    @Override
    public synchronized Claim claim(RequestId id, IdempotencyDigest digest) {
        Instant now = clock.instant();
        Held first = held.get(digest.key());
        if (first == null || !now.isBefore(first.until())) {
            held.put(digest.key(), new Held(id, digest.call(), now.plus(KEPT), false, null));
            return new Claim.Taken();
        }
        if (!first.call().equals(digest.call())) {
            return new Claim.OtherCall(first.id());
        }
        boolean hasEnded = first.ended() || recorded.contains(first.id());
        return hasEnded ? new Claim.Ended(first.id(), first.answer()) : new Claim.Open(first.id());
    }

    @Override
    public synchronized void keep(RequestId id, IdempotencyDigest digest, RelayOutcome.@Nullable Answered answer) {
        held.computeIfPresent(
                digest.key(),
                (key, kept) -> kept.id().equals(id) ? new Held(id, kept.call(), kept.until(), true, answer) : kept);
    }

    @Override
    public synchronized void release(RequestId id, IdempotencyDigest digest) {
        Held first = held.get(digest.key());
        if (first != null && first.id().equals(id) && !first.ended()) {
            held.remove(digest.key());
        }
    }
}
