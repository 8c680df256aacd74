package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a customer pays for a call: its cost times the multiplier, rounded once. */
public record Charge(CostBreakdown breakdown, Multiplier multiplier) {
    public static final Charge NOTHING = new Charge(CostBreakdown.NOTHING, Multiplier.ONE);

    public Money total() {
        return breakdown.total().charged(multiplier);
    }

    /** The bill: every item of the cost, then the multiplier, then the rounding. Its amounts sum to the total. */
    public List<StatementItem> statement() {
        List<StatementItem> items = new ArrayList<>();
        breakdown.items().forEach(item -> items.add(new StatementItem.Priced(item)));
        items.add(new StatementItem.Multiplied(multiplier, multiplierAmount()));
        items.add(new StatementItem.Rounded(roundingAmount()));
        return List.copyOf(items);
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
