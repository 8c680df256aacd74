package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;

/**
 * What is gone from a window: charged for good, and held for calls still running.
 *
 * @param held never negative: a call frees what it holds, once
 */
public record Spent(Money used, Money held) {
    public static final Spent NOTHING = new Spent(Money.ZERO, Money.ZERO);

    public Spent {
        if (held.isNegative()) {
            throw new IllegalArgumentException("freed more than was held: " + held);
        }
    }

    public Spent charge(Money amount) {
        return new Spent(used.plus(amount), held);
    }

    public Spent hold(Money amount) {
        return new Spent(used, held.plus(amount));
    }

    public Spent free(Money amount) {
        return new Spent(used, held.minus(amount));
    }

    /** What a limit leaves; negative when the window is overdrawn. */
    public Money remaining(Money limit) {
        return limit.minus(used).minus(held);
    }
}
