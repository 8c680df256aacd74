package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All prices of one model at one time: token rates, the long-context step, factors by service tier (or speed) and by
 * region, and prices by the piece.
 *
 * <p>Whatever combination of step, tier, speed and region a call meets, its price is a whole number of picos: a sheet
 * for which that does not hold cannot be made.
 */
public record PriceSheet(
        TokenRates rates,
        @Nullable LongContext longContext,
        Map<String, Multiplier> tiers,
        Map<String, Multiplier> geo,
        UnitPrices units) {
    /** The tier that is a speed and multiplies with the service tier. */
    private static final String FAST = "fast";

    public PriceSheet {
        tiers = Map.copyOf(tiers);
        geo = Map.copyOf(geo);
        requireExact(rates, tiers, geo);
        if (longContext != null) {
            requireExact(rates.overlaid(longContext.prices()), tiers, geo);
        }
    }

    public static PriceSheet of(TokenRates rates) {
        return new PriceSheet(rates, null, Map.of(), Map.of(), UnitPrices.NONE);
    }

    /** The token rates that hold for one exchange of that size, served that way. */
    public TokenRates ratesFor(TokenUsage tokens, Served served) {
        TokenRates row = longContext != null && tokens.context() > longContext.threshold()
                ? rates.overlaid(longContext.prices())
                : rates;
        return row.times(factor(tiers, served.tier()))
                .times(factor(tiers, served.speed()))
                .times(factor(geo, served.geo()));
    }

    private static Multiplier factor(Map<String, Multiplier> factors, @Nullable String name) {
        return name == null ? Multiplier.ONE : factors.getOrDefault(name, Multiplier.ONE);
    }

    private static void requireExact(TokenRates row, Map<String, Multiplier> tiers, Map<String, Multiplier> geo) {
        Multiplier fast = tiers.getOrDefault(FAST, Multiplier.ONE);
        for (Multiplier tier : withOne(tiers)) {
            for (Multiplier region : withOne(geo)) {
                TokenRates tiered = row.times(tier);
                requirePriced(tiered.times(region));
                requirePriced(tiered.times(fast).times(region));
            }
        }
    }

    private static Iterable<Multiplier> withOne(Map<String, Multiplier> factors) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(Multiplier.ONE), factors.values().stream())
                .toList();
    }

    private static void requirePriced(TokenRates row) {
        if (row.given().isEmpty()) {
            throw new IllegalArgumentException("a price sheet without prices");
        }
    }
}
