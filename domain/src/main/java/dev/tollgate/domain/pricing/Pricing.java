package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.util.ArrayList;
import java.util.List;
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

    public CostBreakdown price(Usage usage) {
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
                        ItemClasses.of(tokenClass), model, count, rates.of(tokenClass).of(1)));
            }
        }
    }

    private void addUnits(List<LineItem> items, Usage usage) {
        UnitPrices prices = sheet.units();
        add(items, ItemClasses.REQUEST, 1, prices.perRequest());
        add(items, ItemClasses.SECOND, usage.units().seconds(), prices.perSecond());
        add(items, ItemClasses.CHARACTER, usage.units().characters(), prices.perCharacter());
        usage.units().tools().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(tool -> add(
                        items,
                        ItemClasses.TOOL + tool.getKey(),
                        tool.getValue(),
                        prices.tools().getOrDefault(tool.getKey(), Cost.ZERO)));
        usage.units().images().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(image -> add(
                        items,
                        ItemClasses.IMAGE + image.getKey(),
                        image.getValue(),
                        prices.images().getOrDefault(image.getKey(), Cost.ZERO)));
    }

    private static void add(List<LineItem> items, String itemClass, long quantity, Cost unitPrice) {
        if (quantity > 0 && !unitPrice.isZero()) {
            items.add(new LineItem(itemClass, null, quantity, unitPrice));
        }
    }
}
