package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leases in memory. */
public final class InMemoryLeases implements Leases {
    private final InstantSource clock;
    private final Map<String, Lease> taken = new HashMap<>();
    private long fence;

    public InMemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Lease> take(String name, Duration time) {
        Instant now = clock.instant();
        Lease holder = taken.get(name);
        if (holder != null && now.isBefore(holder.until().plus(SKEW_MAX))) {
            return Optional.empty();
        }
        Lease lease = new Lease(name, ++fence, now.plus(time));
        taken.put(name, lease);
        return Optional.of(lease);
    }

    @Override
    public synchronized Optional<Lease> renew(Lease lease, Duration time) {
        if (!isHeld(lease)) {
            return Optional.empty();
        }
        Lease renewed = new Lease(lease.name(), lease.fence(), clock.instant().plus(time));
        taken.put(lease.name(), renewed);
        return Optional.of(renewed);
    }

    @Override
    public synchronized void giveBack(Lease lease) {
        if (isHeld(lease)) {
            taken.remove(lease.name());
        }
    }

    private boolean isHeld(Lease lease) {
        Lease held = taken.get(lease.name());
        return held != null && held.fence() == lease.fence();
    }
}
