package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import org.jspecify.annotations.Nullable;

/**
 * One class of a call's cost: so many at such a price.
 *
 * @param itemClass the class as the record shows it: {@code input}, {@code cache_read}, {@code tool:web_search}, …
 * @param model the model whose price it is, null for the model the call asked for
 */
public record LineItem(String itemClass, @Nullable String model, long quantity, Cost unitPrice) {
    public Cost amount() {
        return unitPrice.times(quantity);
    }
}
