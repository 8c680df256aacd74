package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.math.BigDecimal;

/** What a customer pays for a call: its cost times the multiplier, rounded once. */
public record Charge(CostBreakdown breakdown, Multiplier multiplier) {
    public static final Charge NOTHING = new Charge(CostBreakdown.NOTHING, Multiplier.ONE);

    public Money total() {
        return breakdown.total().charged(multiplier);
    }

    /** What the multiplier adds to (or takes from) the base cost, in exact dollars: a line item of its own. */
    public BigDecimal multiplierAmount() {
        return breakdown.total().dollars().multiply(multiplier.factor().subtract(BigDecimal.ONE));
    }

    /** What the one rounding adds (or takes), in exact dollars, so that all items sum to the total. */
    public BigDecimal roundingAmount() {
        BigDecimal exact = breakdown.total().dollars().multiply(multiplier.factor());
        return total().dollars().subtract(exact);
    }
}
