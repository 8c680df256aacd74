package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;

/** A limited window and what is gone from it. */
public record WindowStanding(Window window, Money limit, Spent spent) {
    /** Limit less used less held: what a new call can still hold. Negative when overdrawn. */
    public Money remaining() {
        return spent.remaining(limit);
    }

    /** Limit less used: the balance people are shown. */
    public Money balance() {
        return limit.minus(spent.used());
    }
}
