package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import java.util.List;
import java.util.function.Predicate;

/** A call's cost before any multiplier, item by item. Every sum is derived, so it cannot disagree with its parts. */
public record CostBreakdown(List<LineItem> items) {
    public static final CostBreakdown NOTHING = new CostBreakdown(List.of());

    public CostBreakdown {
        items = List.copyOf(items);
    }

    public Cost total() {
        return sum(item -> true);
    }

    public Cost input() {
        return sum(item -> isInput(item.itemClass()));
    }

    public Cost cacheRead() {
        return sum(item -> item.itemClass().equals(ItemClasses.CACHE_READ));
    }

    public Cost cacheWrite() {
        return sum(item -> item.itemClass().startsWith(ItemClasses.CACHE_WRITE));
    }

    public Cost output() {
        return sum(item -> isOutput(item.itemClass()));
    }

    /** Everything that is not a token: requests, tools, images, seconds, characters. */
    public Cost other() {
        return sum(item -> !ItemClasses.isToken(item.itemClass()));
    }

    private static boolean isInput(String itemClass) {
        return ItemClasses.isToken(itemClass) && itemClass.endsWith(ItemClasses.INPUT);
    }

    private static boolean isOutput(String itemClass) {
        return ItemClasses.isToken(itemClass)
                && (itemClass.endsWith(ItemClasses.OUTPUT) || itemClass.equals(ItemClasses.REASONING));
    }

    private Cost sum(Predicate<LineItem> which) {
        Cost sum = Cost.ZERO;
        for (LineItem item : items) {
            if (which.test(item)) {
                sum = sum.plus(item.amount());
            }
        }
        return sum;
    }
}
