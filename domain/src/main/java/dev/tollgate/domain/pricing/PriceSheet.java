package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** Most factors by tier, and by region: they are multiplied out when a sheet is made. */
    public static final int FACTORS_MAX = 16;

    /** The one factor among the tiers that is a speed: it multiplies with the service tier, once however it is told. */
    private static final String FAST = "fast";

    /** What providers call the tier everything else is a factor of. */
    private static final Set<String> ORDINARY_TIERS = Set.of("standard", "default");

    /**
     * Copies the factors and multiplies them out.
     *
     * @throws ArithmeticException if some combination of factors makes a price finer than a pico
     * @throws IllegalArgumentException if some combination is above {@code TokenPrice.PICOS_MAX}, if an ordinary tier
     *     has a factor, or if there are too many factors
     */
    public PriceSheet {
        tiers = Map.copyOf(tiers);
        geo = Map.copyOf(geo);
        if (tiers.size() > FACTORS_MAX || geo.size() > FACTORS_MAX) {
            throw new IllegalArgumentException("more than " + FACTORS_MAX + " tiers or regions");
        }
        for (String ordinary : ORDINARY_TIERS) {
            if (!factor(tiers, ordinary).isOne()) {
                throw new IllegalArgumentException("the " + ordinary + " tier is what the prices are for");
            }
        }
        requireExact(rates, tiers, geo);
        if (longContext != null) {
            requireExact(rates.overlaid(longContext.prices()), tiers, geo);
        }
    }

    public static PriceSheet of(TokenRates rates) {
        return new PriceSheet(rates, null, Map.of(), Map.of(), UnitPrices.NONE);
    }

    /** The token rates that hold for one exchange of that size, served that way; an unknown tier or region is ordinary. */
    public TokenRates ratesFor(TokenUsage tokens, Served served) {
        TokenRates row = longContext != null && tokens.context() > longContext.threshold()
                ? rates.overlaid(longContext.prices())
                : rates;
        boolean fast = FAST.equals(served.speed()) || FAST.equals(served.tier());
        return row.times(FAST.equals(served.tier()) ? Multiplier.ONE : factor(tiers, served.tier()))
                .times(fast ? factor(tiers, FAST) : Multiplier.ONE)
                .times(factor(geo, served.geo()));
    }

    private static Multiplier factor(Map<String, Multiplier> factors, @Nullable String name) {
        return name == null ? Multiplier.ONE : factors.getOrDefault(name, Multiplier.ONE);
    }

    /** Multiplies out every combination a call can meet; the products themselves are not kept. */
    private static void requireExact(TokenRates row, Map<String, Multiplier> tiers, Map<String, Multiplier> geo) {
        List<TokenRates> rows = eachTimes(
                List.of(row),
                tiers.entrySet().stream()
                        .filter(tier -> !tier.getKey().equals(FAST))
                        .map(Map.Entry::getValue)
                        .toList());
        rows = eachTimes(rows, List.of(factor(tiers, FAST)));
        List<TokenRates> unused = eachTimes(rows, List.copyOf(geo.values()));
    }

    /** The rows as they are, and each of them times each factor. */
    private static List<TokenRates> eachTimes(List<TokenRates> rows, List<Multiplier> factors) {
        List<TokenRates> all = new ArrayList<>(rows);
        for (Multiplier factor : factors) {
            rows.forEach(row -> all.add(row.times(factor)));
        }
        return all;
    }
}
