package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rights to work that only one node may do at a time. Each ends by itself, so that a dead node holds up nobody. */
public interface Leases {
    /**
     * How far nodes' clocks may be apart: a right is not given to another before it has been over for so long.
     */
    Duration SKEW_MAX = Duration.ofSeconds(5);

    /**
     * A right that was taken.
     *
     * @param fence larger than that of every earlier holder of the same name
     * @param until when it ends, by the holder's clock
     */
    record Lease(String name, long fence, Instant until) {}

    /**
     * Takes a right, unless another holder's is not over. Atomic over all nodes.
     *
     * @param name at most 100 characters
     */
    Optional<Lease> take(String name, Duration time);

    /** Lengthens a right from now on, be it over or not; empty once it was given back or another took it. */
    Optional<Lease> renew(Lease lease, Duration time);

    /** Gives a right back before its end; without effect when another has taken it since. */
    void giveBack(Lease lease);
}
