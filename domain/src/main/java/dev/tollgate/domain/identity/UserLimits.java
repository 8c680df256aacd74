package dev.tollgate.domain.identity;

import dev.tollgate.domain.money.Money;

/** Limits on all of a user's calls together; 0 means none. Costs are what the customer pays, by the user's calendar. */
public record UserLimits(int maxConcurrency, long rpm, Money dailyCost, Money monthlyCost) {
    public static final UserLimits NONE = new UserLimits(0, 0, Money.ZERO, Money.ZERO);

    public UserLimits {
        if (maxConcurrency < 0 || rpm < 0 || dailyCost.isNegative() || monthlyCost.isNegative()) {
            throw new IllegalArgumentException("a limit is not negative");
        }
    }
}
