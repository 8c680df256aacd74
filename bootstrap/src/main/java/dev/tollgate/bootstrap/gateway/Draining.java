package dev.tollgate.bootstrap.gateway;

import dev.tollgate.web.relay.CallDoor;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls' part of an orderly end: no new ones, and the open ones finish. */
@Singleton
final class Draining {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    /** How long calls that outlived the drain's time have to be settled after their connections were cut. */
    private static final Duration SETTLE_MAX = Duration.ofSeconds(5);

    private final Phase phase;
    private final CallDoor door;

    Draining(Phase phase, CallDoor door) {
        this.phase = phase;
        this.door = door;
    }

    /** Refuses new calls and waits for the open ones. @return whether all of them ended in time */
    boolean finishCalls(Duration most) throws InterruptedException {
        phase.drain();
        door.drain();
        if (door.count() > 0) {
            LOG.info("{} open calls have {} to finish", door.count(), most);
        }
        return door.awaitIdle(most);
    }

    /** Waits for calls whose connections were cut. */
    void settleCutCalls() throws InterruptedException {
        if (!door.awaitIdle(SETTLE_MAX)) {
            LOG.warn("{} calls are still open; the next start settles them", door.count());
        }
    }
}
