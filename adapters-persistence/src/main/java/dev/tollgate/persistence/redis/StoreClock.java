package dev.tollgate.persistence.redis;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Whose time the store goes by: Redis' own, the one clock of all nodes, or one that is told to it, in tests.
 *
 * @param node the clock for what is no lease: the day an upstream cost belongs to
 */
record StoreClock(InstantSource node, boolean told) {
    static StoreClock ofRedis(InstantSource node) {
        return new StoreClock(node, false);
    }

    static StoreClock told(InstantSource clock) {
        return new StoreClock(clock, true);
    }

    /** What a script is given: nothing, and it asks Redis. */
    String argument() {
        return told ? Long.toString(node.millis()) : "";
    }

    long millis() {
        return node.millis();
    }

    LocalDate today() {
        return LocalDate.ofInstant(node.instant(), ZoneOffset.UTC);
    }
}
