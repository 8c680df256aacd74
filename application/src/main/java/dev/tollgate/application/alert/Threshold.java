package dev.tollgate.application.alert;

import dev.tollgate.domain.money.Money;
import java.util.List;

/** A part of a limit that is worth an alert once it is used. */
record Threshold(int percent) {
    static final List<Threshold> ALL = List.of(new Threshold(80), new Threshold(100));

    private static final int WHOLE = 100;

    /** Whether so much of a limit is used, to the nano-dollar; of no limit everything is. */
    boolean isReached(Money used, Money limit) {
        long wanted = Math.multiplyExact(limit.nanos(), percent);
        return !limit.isPositive() || Math.multiplyExact(used.nanos(), WHOLE) >= wanted;
    }
}
