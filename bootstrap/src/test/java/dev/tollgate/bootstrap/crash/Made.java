package dev.tollgate.bootstrap.crash;

import java.time.Duration;
import java.time.Instant;

/** A line of the callers' own log: what was asked, from when to when, on whose money, and what came back. */
record Made(Wish wish, Purse purse, Instant from, Instant until, Heard heard) {
    private static final int UNAVAILABLE = 503;
    private static final int NO_MONEY = 402;

    boolean isUnavailable() {
        return heard.status() == UNAVAILABLE;
    }

    /** Whether the gateway decided on it: all it needs to know was there. */
    boolean isServed() {
        return heard.isComplete() || heard.status() == NO_MONEY;
    }

    /** Whether it ended as it would have if nothing were ever hit. */
    boolean isUndisturbed() {
        return !wish.isMeantToEnd() || heard.isComplete() || (purse.isTight() && heard.status() == NO_MONEY);
    }

    /** An answer that tells the caller to come again, as it must. */
    boolean isToldToComeAgain() {
        return isUnavailable() && heard.header("retry-after") != null;
    }

    /** Whether not even a head arrived: the connection was refused, or closed before anything was promised. */
    boolean isNotEvenBegun() {
        return heard.status() == 0 && heard.broken() != null;
    }

    Duration took() {
        return Duration.between(from, until);
    }

    String line() {
        return wish.number() + "\t" + from + "\t" + until + "\t" + purse.name() + "\t" + wish.path() + "\t"
                + wish.model()
                + "\t" + (wish.isStreamed() ? "stream" : "plain") + "\t" + wish.manner() + "\tleaves "
                + wish.leaves().point() + " " + wish.leaves().after() + "\t" + heard.status() + "\t"
                + (heard.isWhole() ? "whole" : "partial")
                + "\t"
                + heard.header("x-request-id") + "\t" + heard.broken();
    }
}
