package dev.tollgate.application.relay;

import dev.tollgate.domain.relay.RequestId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that runs on this node under an idempotency key, and those who wait for its answer. */
final class RunningOnce {
    /** More at once are told to come back. */
    static final int WAITING_MAX = 256;

    private final RequestId id;
    private final IdempotencyDigest digest;
    private final boolean isStreamed;
    private final CompletableFuture<RelayOutcome> end = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();

    RunningOnce(RequestId id, IdempotencyDigest digest, boolean isStreamed) {
        this.id = id;
        this.digest = digest;
        this.isStreamed = isStreamed;
    }

    /** Waits for the answer, until the caller leaves but no longer than a call may take. */
    RelayOutcome join(IdempotencyDigest asked, ClientStream client, Duration most) {
        if (!asked.equals(digest)) {
            return CallErrors.reusedIdempotencyKey(id);
        }
        if (isStreamed) {
            return CallErrors.stillOpen(id);
        }
        try {
            return waiting.incrementAndGet() > WAITING_MAX ? CallErrors.stillOpen(id) : await(client, most);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private RelayOutcome await(ClientStream client, Duration most) {
        CompletableFuture<RelayOutcome> told = end.copy();
        client.onGone(() -> told.complete(CallErrors.stillOpen(id)));
        return told.completeOnTimeout(CallErrors.stillOpen(id), most.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The call was served like this: those who wait are told the same, under its id. */
    RelayOutcome served(RelayOutcome outcome) {
        end.complete(
                switch (outcome) {
                    case RelayOutcome.Told told -> new RelayOutcome.Replayed(id, told);
                    case RelayOutcome.Unsettled(var told) -> new RelayOutcome.Replayed(id, told);
                    case RelayOutcome.Replayed replayed -> replayed;
                    case RelayOutcome.Streamed streamed -> CallErrors.notKept(id);
                });
        return outcome;
    }

    /** The call was not served, since another has the key or nobody can tell: that goes for those who wait too. */
    RelayOutcome told(RelayOutcome outcome) {
        end.complete(outcome);
        return outcome;
    }

    /** Nobody serves it here any more; who still waits has to ask again. */
    void left() {
        end.complete(CallErrors.stillOpen(id));
    }
}
