package dev.tollgate.application.identity;

import dev.tollgate.application.identity.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A duty that goes with a lease. A node that dies is followed within ten seconds; one that stops gives the duty back at
 * once, and so does one that cannot do the work, for another may be able to. While the lease cannot be asked for, the
 * last holder goes on: nobody can take over then.
 */
public final class LeasedDuty implements Duty {
    /** How often {@link #tend} is to be called. */
    public static final Duration TEND_EVERY = Duration.ofSeconds(1);

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofSeconds(5);

    private final String name;
    private final Leases leases;
    private final InstantSource clock;
    private volatile @Nullable Lease held;
    private volatile boolean isFailing;
    private Instant restsUntil = Instant.EPOCH;

    /** @param name the lease's */
    public LeasedDuty(String name, Leases leases, InstantSource clock) {
        this.name = name;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public boolean isMine() {
        return held != null;
    }

    @Override
    public void run(Runnable work) {
        if (held == null) {
            return;
        }
        boolean isDone = false;
        try {
            work.run();
            isDone = true;
        } finally {
            isFailing = !isDone;
        }
    }

    /** Takes the duty if it is free, and keeps it. @throws StoreUnavailable if the lease cannot be asked for */
    public synchronized void tend() {
        Lease lease = held;
        if (lease == null) {
            held = clock.instant().isBefore(restsUntil)
                    ? null
                    : leases.take(name, TIME).orElse(null);
        } else if (isFailing) {
            restsUntil = clock.instant().plus(REST);
            giveBack();
        } else {
            held = leases.renew(lease, TIME).orElse(null);
        }
    }

    /** Leaves the duty to another node. @throws StoreUnavailable if the lease has to end by itself */
    public synchronized void giveBack() {
        Lease lease = held;
        held = null;
        isFailing = false;
        if (lease != null) {
            leases.giveBack(lease);
        }
    }
}
