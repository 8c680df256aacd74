package dev.tollgate.bootstrap.gateway;

import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.web.relay.CallDoor;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls' part of an orderly end: no new ones, and the open ones finish. */
@Singleton
final class Draining {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    /** How long calls that outlived the drain's time have to be settled after they were cut off. */
    private static final Duration SETTLE_MAX = Duration.ofSeconds(2);

    /** How long new calls are refused at the least, so that callers hear of it before their connections are closed. */
    private static final Duration REFUSE_MIN = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Phase phase;
    private final CallDoor door;
    private final UpstreamHttp upstream;
    private volatile long deadline;

    Draining(Phase phase, CallDoor door, UpstreamHttp upstream) {
        this.phase = phase;
        this.door = door;
        this.upstream = upstream;
    }

    /** Refuses new calls and waits for the open ones. @return whether all of them ended in time */
    boolean finishCalls(Duration most) throws InterruptedException {
        deadline = System.nanoTime() + most.toNanos();
        phase.drain();
        door.drain();
        if (door.count() > 0) {
            LOG.info("{} open calls have {} to finish", door.count(), most);
        }
        Thread.sleep(REFUSE_MIN);
        boolean isIdle = door.awaitIdle(Duration.ZERO);
        while (!isIdle && System.nanoTime() - deadline < 0) {
            isIdle = door.awaitIdle(LOOK_AGAIN);
        }
        return isIdle;
    }

    /** Halves what is left of the time. */
    void hurry() {
        long now = System.nanoTime();
        deadline = now + Math.max(0, deadline - now) / 2;
        LOG.info("open calls have only {} to finish", Duration.ofNanos(deadline - now));
    }

    /** Ends the open calls: streams with an error event, the others with an answer that says so. */
    void cutCalls() throws InterruptedException {
        LOG.warn("{} calls did not finish in time and are cut off", door.count());
        upstream.openAnswers().cutAll();
        if (!door.awaitIdle(SETTLE_MAX)) {
            LOG.warn("{} calls are still open; the next start settles them", door.count());
        }
    }
}
