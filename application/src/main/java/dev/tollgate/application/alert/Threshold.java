package dev.tollgate.application.alert;

import dev.tollgate.domain.money.Money;
import java.util.List;
import java.util.stream.Stream;

/** A part of a limit that is worth an alert once it is used. */
record Threshold(int percent) {
    private static final Threshold LOW = new Threshold(80);

    /** Everything; also once a call was refused because too little was left of what was low. */
    private static final Threshold ALL = new Threshold(100);

    private static final int WHOLE = 100;

    /** Those that so much use of a limit reaches, lowest first. */
    static List<Threshold> reached(Money used, Money limit) {
        return Stream.of(LOW, ALL)
                .filter(threshold -> threshold.isReached(used, limit))
                .toList();
    }

    /** What a call reaches that was refused because too little was left; nothing if much was left, and it just cost more. */
    static List<Threshold> refused(Money used, Money limit) {
        return LOW.isReached(used, limit) ? List.of(ALL) : List.of();
    }

    /** Whether so much of a limit is used, to the nano-dollar; of no limit everything is. */
    private boolean isReached(Money used, Money limit) {
        long wanted = limit.nanos() / WHOLE * percent + Math.ceilDiv(limit.nanos() % WHOLE * percent, WHOLE);
        return !limit.isPositive() || used.nanos() >= wanted;
    }
}
