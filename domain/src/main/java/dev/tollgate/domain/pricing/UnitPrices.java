package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import java.util.Map;

/** Prices by the piece: a request, a second, a character, a call of a named tool, an image of a named size. */
public record UnitPrices(
        Cost perRequest, Cost perSecond, Cost perCharacter, Map<String, Cost> tools, Map<String, Cost> images) {
    public static final UnitPrices NONE = new UnitPrices(Cost.ZERO, Cost.ZERO, Cost.ZERO, Map.of(), Map.of());

    public UnitPrices {
        tools = Map.copyOf(tools);
        images = Map.copyOf(images);
    }
}
