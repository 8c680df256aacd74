package dev.tollgate.persistence.embedded;

import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.application.usage.ShardSnapshot;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.money.Money;

/** What is used and held in one window of one subject, in nano-dollars and in requests. */
final class WindowCounter {
    long usedNanos;
    long heldNanos;
    long requests;
    long openRequests;

    void use(long requestsMore, long nanos) {
        requests = Math.addExact(requests, requestsMore);
        usedNanos = Math.addExact(usedNanos, nanos);
    }

    void hold(long nanos) {
        openRequests++;
        heldNanos = Math.addExact(heldNanos, nanos);
    }

    void holdMore(long nanos) {
        heldNanos = Math.addExact(heldNanos, nanos);
    }

    void free(long nanos) {
        openRequests--;
        heldNanos = Math.subtractExact(heldNanos, nanos);
    }

    void correct(Correction lacking) {
        use(lacking.requests(), lacking.used().nanos());
        heldNanos = Math.addExact(heldNanos, lacking.held().nanos());
    }

    long roomNanos(long limitNanos) {
        return limitNanos - usedNanos - heldNanos;
    }

    Spent spent() {
        return new Spent(Money.ofNanos(usedNanos), Money.ofNanos(heldNanos));
    }

    ShardSnapshot.Counter snapshot() {
        return new ShardSnapshot.Counter(spent(), requests);
    }
}
