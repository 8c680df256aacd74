package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.Leases.Lease;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.bootstrap.usage.RememberedLeases;
import dev.tollgate.bootstrap.usage.Repeating;
import dev.tollgate.web.relay.CallDoor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a database server to one node, whose live store in the process knows of no other's holds, by a lease that ends
 * with the node. The next process on its folder takes it over at once from one that was killed.
 */
@Singleton
class OnlyNode implements Readiness {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final String NAME = "node";
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(5);

    private final RememberedLeases leases;
    private final CallDoor door;
    private @Nullable Lease held;
    private @Nullable Repeating renewing;
    private volatile boolean isTakenOver;

    OnlyNode(RememberedLeases leases, CallDoor door) {
        this.leases = leases;
        this.door = door;
    }

    /** Takes the lease. @throws StartRefused if another node has it */
    synchronized void take() {
        held = leases.take(NAME, TIME)
                .orElseThrow(() -> new StartRefused("another node serves on this database, and without Redis only one"
                        + " may; one that was killed is forgotten after "
                        + TIME.plus(Leases.SKEW_MAX).toSeconds() + " s"));
        renewing = Repeating.start("node-lease", RENEWAL_PAUSE, this::renew);
    }

    /** While the database is away nobody else can take the lease either, so the node serves on. */
    synchronized void renew() {
        if (held == null) {
            return;
        }
        try {
            held = leases.renew(held, TIME).orElse(null);
        } catch (StoreUnavailable e) {
            LOG.debug("the node's lease is renewed once the database is back", e);
            return;
        }
        if (held == null) {
            isTakenOver = true;
            door.drain();
            LOG.error("another node serves on this database now: this one takes no more calls; stop one of them");
        }
    }

    @Override
    public String name() {
        return "lease";
    }

    @Override
    public Optional<String> obstacle() {
        return isTakenOver ? Optional.of("another node serves on this database") : Optional.empty();
    }

    @PreDestroy
    synchronized void giveBack() {
        if (renewing != null) {
            renewing.stop();
        }
        if (held == null) {
            return;
        }
        try {
            leases.giveBack(held);
            held = null;
        } catch (StoreUnavailable e) {
            LOG.warn("the database is away: only this data folder can start on it again right after", e);
        }
    }
}
