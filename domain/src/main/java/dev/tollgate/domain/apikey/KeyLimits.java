package dev.tollgate.domain.apikey;

import dev.tollgate.domain.money.Money;

/** Limits on one key's calls; 0 means none. Days and months follow the user's calendar. */
public record KeyLimits(
        long rpm,
        long tpm,
        int maxConcurrency,
        long dailyRequests,
        Money dailyCost,
        Money monthlyCost,
        Money totalCost) {
    public static final KeyLimits NONE = new KeyLimits(0, 0, 0, 0, Money.ZERO, Money.ZERO, Money.ZERO);

    public KeyLimits {
        boolean negative = rpm < 0 || tpm < 0 || maxConcurrency < 0 || dailyRequests < 0;
        if (negative || dailyCost.isNegative() || monthlyCost.isNegative() || totalCost.isNegative()) {
            throw new IllegalArgumentException("a limit is not negative");
        }
    }
}
