package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Money;

/** The live store's answer to a running call that asks to hold more. */
public sealed interface Raised {
    /** @param amount what the call holds now: no less than it asked for */
    record Held(Money amount) implements Raised {}

    /**
     * A limit does not carry it; the call holds what it held.
     *
     * @param limit which one; its payer is always -1
     */
    record Refused(Reservation.Refused limit) implements Raised {}

    /** The call holds nothing (any more) that could be raised. */
    record Lost() implements Raised {}
}
