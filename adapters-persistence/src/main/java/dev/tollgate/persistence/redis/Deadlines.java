package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.LiveStore;
import java.time.Duration;

/**
 * How long Redis is waited for, and what follows what.
 *
 * @param resend after this a reservation is sent again under its id
 * @param reserve after this a reservation is given up
 * @param settle after this the journal counts
 * @param call any other step of a call
 * @param background what no call waits for; seeding a cold counter too
 * @param rejoin so long after its data was lost no counter is seeded: every node replays its journal meanwhile
 * @param contact a node that was not in touch for so long sweeps no hold
 */
public record Deadlines(
        Duration resend,
        Duration reserve,
        Duration settle,
        Duration call,
        Duration background,
        Duration rejoin,
        Duration contact) {
    public static final Deadlines USUAL = new Deadlines(
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(LiveStore.LEASE_SECONDS));
}
