package dev.tollgate.domain.relay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything decided at a call's admission, immutable. Settling reads only this, so deleting, rotating, re-pricing or
 * editing anything while the call runs changes nothing for it.
 *
 * @param windows what the call counts in: the payer's, the user's and the key's windows, each named once
 * @param idempotency digest of the caller's idempotency key and body, null without one
 */
public record Ticket(
        RequestId id,
        Caller caller,
        Asked asked,
        Hold hold,
        List<SubjectWindows> windows,
        @Nullable String idempotency) {
    public Ticket {
        windows = List.copyOf(windows);
    }

    public Ticket(RequestId id, Caller caller, Asked asked, Hold hold, List<SubjectWindows> windows) {
        this(id, caller, asked, hold, windows, null);
    }

    /** The id's time is the admission instant. */
    public Instant admittedAt() {
        return id.instant();
    }

    /** The live store's shard: one for all subjects of a call. */
    public int shard(int shards) {
        return Math.floorMod(caller.userId().value(), shards);
    }
}
