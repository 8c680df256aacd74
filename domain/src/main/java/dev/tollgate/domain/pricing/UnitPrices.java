package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Cost;
import java.util.Map;

/** Prices by the piece: a request, a second, a character, a call of a named tool, an image of a named size. */
public record UnitPrices(
        Cost perRequest, Cost perSecond, Cost perCharacter, Map<String, Cost> tools, Map<String, Cost> images) {
    /** Ten dollars, of a second, a tool call or an image; with {@code UnitUsage}'s bounds no product can overflow. */
    public static final Cost PIECE_MAX = Cost.ofPicos(10_000_000_000_000L);

    /** A cent. */
    public static final Cost CHARACTER_MAX = Cost.ofPicos(10_000_000_000L);

    /** Ten thousand dollars. */
    public static final Cost REQUEST_MAX = Cost.ofPicos(10_000_000_000_000_000L);

    /** Declared after the bounds it is checked against. */
    public static final UnitPrices NONE = new UnitPrices(Cost.ZERO, Cost.ZERO, Cost.ZERO, Map.of(), Map.of());

    /**
     * Copies the prices.
     *
     * @throws IllegalArgumentException if a price is above its bound
     */
    public UnitPrices {
        tools = Map.copyOf(tools);
        images = Map.copyOf(images);
        requireAtMost(REQUEST_MAX, perRequest);
        requireAtMost(PIECE_MAX, perSecond);
        requireAtMost(CHARACTER_MAX, perCharacter);
        tools.values().forEach(price -> requireAtMost(PIECE_MAX, price));
        images.values().forEach(price -> requireAtMost(PIECE_MAX, price));
    }

    private static void requireAtMost(Cost max, Cost price) {
        if (price.compareTo(max) > 0) {
            throw new IllegalArgumentException("a price of that kind is at most " + max.text() + ": " + price.text());
        }
    }
}
