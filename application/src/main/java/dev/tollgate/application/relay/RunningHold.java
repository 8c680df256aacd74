package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Money;

/** A running call's hold, which is told what the live store says of it. */
public interface RunningHold {
    /** What it amounts to by now: more than its ticket says once slices were added. */
    Money amount();

    /** Its lease was renewed, or the hold taken again. */
    void renewed();

    /** It is gone and cannot be had again. */
    void lost();
}
