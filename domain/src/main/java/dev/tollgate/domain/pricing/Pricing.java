package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prices usage: each part at its own model's sheet, everything counted by the piece at the called model's.
 *
 * @param sheet the called model's prices
 * @param others the prices of a model named inside a call (an advisor, a fallback), null where it has none; such a
 *     part then takes the called model's
 */
public record Pricing(PriceSheet sheet, Function<String, @Nullable PriceSheet> others) {
    public static Pricing of(PriceSheet sheet) {
        return new Pricing(sheet, name -> null);
    }

    /** The cost of what was used. Nothing used costs nothing, the price of a request included. */
    public CostBreakdown price(Usage usage) {
        if (usage.isEmpty()) {
            return CostBreakdown.NOTHING;
        }
        List<LineItem> items = new ArrayList<>();
        for (UsagePart part : usage.parts()) {
            addTokens(items, part, usage);
        }
        addUnits(items, usage);
        return new CostBreakdown(items);
    }

    private void addTokens(List<LineItem> items, UsagePart part, Usage usage) {
        PriceSheet named = part.model() == null ? null : others.apply(part.model());
        TokenRates rates = (named == null ? sheet : named).ratesFor(part.tokens(), usage.served());
        String model = named == null ? null : part.model();
        for (TokenClass tokenClass : TokenClass.values()) {
            long count = part.tokens().of(tokenClass);
            if (count > 0) {
                items.add(new LineItem(
                        ItemClasses.of(tokenClass),
                        model,
                        count,
                        rates.of(tokenClass).of(1)));
            }
        }
    }

    private void addUnits(List<LineItem> items, Usage usage) {
        UnitPrices prices = sheet.units();
        add(items, ItemClasses.REQUEST, 1, prices.perRequest());
        add(items, ItemClasses.SECOND, usage.units().seconds(), prices.perSecond());
        add(items, ItemClasses.CHARACTER, usage.units().characters(), prices.perCharacter());
        addNamed(items, ItemClasses.TOOL, usage.units().tools(), prices.tools());
        addNamed(items, ItemClasses.IMAGE, usage.units().images(), prices.images());
    }

    private static void addNamed(
            List<LineItem> items, String prefix, Map<String, Long> counts, Map<String, Cost> prices) {
        new TreeMap<>(counts)
                .forEach((name, count) -> add(items, prefix + name, count, prices.getOrDefault(name, Cost.ZERO)));
    }

    private static void add(List<LineItem> items, String itemClass, long quantity, Cost unitPrice) {
        if (quantity > 0 && !unitPrice.isZero()) {
            items.add(new LineItem(itemClass, null, quantity, unitPrice));
        }
    }
}
