package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Multiplier;
import java.math.BigDecimal;

/** One line of a call's bill; the amounts of all its lines sum to what is paid, exactly. */
public sealed interface StatementItem {
    /** The class as the record shows it: a line item's own, {@code multiplier} or {@code rounding}. */
    String itemClass();

    /** In dollars, exact, negative where it takes something off. */
    BigDecimal amount();

    /** So many of something at such a price, before the multiplier. */
    record Priced(LineItem item) implements StatementItem {
        @Override
        public String itemClass() {
            return item.itemClass();
        }

        @Override
        public BigDecimal amount() {
            return item.amount().dollars();
        }
    }

    /** What the multiplier adds to the items before it. */
    record Multiplied(Multiplier multiplier, BigDecimal amount) implements StatementItem {
        @Override
        public String itemClass() {
            return "multiplier";
        }
    }

    /** What rounding the sum to a whole nano-dollar adds. */
    record Rounded(BigDecimal amount) implements StatementItem {
        @Override
        public String itemClass() {
            return "rounding";
        }
    }
}
