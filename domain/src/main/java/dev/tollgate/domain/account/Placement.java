package dev.tollgate.domain.account;

import dev.tollgate.domain.money.Money;

/**
 * How much of the traffic an account gets.
 *
 * @param priority lower is asked first
 * @param weight relative share among accounts of one priority, at least 1
 * @param maxConcurrency calls at once, 0 for no limit
 * @param dailyBudget upstream cost in a UTC day, zero for no limit
 */
public record Placement(int priority, int weight, int maxConcurrency, Money dailyBudget) {
    public static final Placement ORDINARY = new Placement(0, 1, 0, Money.ZERO);

    public Placement {
        if (weight < 1 || maxConcurrency < 0 || dailyBudget.isNegative()) {
            throw new IllegalArgumentException("weight is at least 1, limits are not negative: " + weight);
        }
    }
}
