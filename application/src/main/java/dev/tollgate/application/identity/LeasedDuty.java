package dev.tollgate.application.identity;

import dev.tollgate.application.identity.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A duty that goes with a lease. A node that dies is followed within ten seconds; one that stops gives the duty back at
 * once, and one that has not been able to do the work for two seconds steps back as long, for another may be able to.
 * While the lease cannot be asked for, the last holder goes on: nobody can take over then.
 */
public final class LeasedDuty implements Duty {
    /** How often {@link #tend} is to be called. */
    public static final Duration TEND_EVERY = Duration.ofSeconds(1);

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration FAILING_MAX = Duration.ofSeconds(2);

    /** Longer than others take to see that it is free, and no longer: there may be no other. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final String name;
    private final Leases leases;
    private final InstantSource clock;
    private volatile @Nullable Lease held;
    private volatile @Nullable Instant failingSince;
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
            note(isDone);
        }
    }

    private void note(boolean isDone) {
        if (isDone) {
            failingSince = null;
        } else if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    private boolean isUnable() {
        Instant since = failingSince;
        return since != null && !clock.instant().isBefore(since.plus(FAILING_MAX));
    }

    /** Takes the duty if it is free, and keeps it. @throws StoreUnavailable if the lease cannot be asked for */
    public synchronized void tend() {
        Lease lease = held;
        if (lease == null) {
            held = clock.instant().isBefore(restsUntil)
                    ? null
                    : leases.take(name, TIME).orElse(null);
        } else if (isUnable()) {
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
        failingSince = null;
        if (lease != null) {
            leases.giveBack(lease);
        }
    }
}
