package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.TokenClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The token prices of a model, class by class.
 *
 * <p>A class without a price of its own falls back: cache and input modalities to input, the 1 h write to the 5 min
 * write, reasoning and output modalities to output. Zero is a price: free.
 */
public record TokenRates(Map<TokenClass, TokenPrice> given) {
    public TokenRates {
        if (!given.containsKey(TokenClass.INPUT) || !given.containsKey(TokenClass.OUTPUT)) {
            throw new IllegalArgumentException("a model has an input and an output price: " + given.keySet());
        }
        given = Collections.unmodifiableMap(new EnumMap<>(given));
    }

    public static TokenRates of(TokenPrice input, TokenPrice output) {
        return new TokenRates(Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output));
    }

    public TokenPrice of(TokenClass tokenClass) {
        TokenPrice own = given.get(tokenClass);
        return own != null ? own : of(fallback(tokenClass));
    }

    /** These rates with the other's given prices in place of the own ones. */
    public TokenRates overlaid(Map<TokenClass, TokenPrice> others) {
        EnumMap<TokenClass, TokenPrice> merged = new EnumMap<>(given);
        merged.putAll(others);
        return new TokenRates(merged);
    }

    /**
     * These rates, each times a factor.
     *
     * @throws ArithmeticException if a price would be finer than a pico
     */
    public TokenRates times(Multiplier multiplier) {
        if (multiplier.isOne()) {
            return this;
        }
        EnumMap<TokenClass, TokenPrice> changed = new EnumMap<>(TokenClass.class);
        given.forEach((tokenClass, price) -> changed.put(tokenClass, price.times(multiplier)));
        return new TokenRates(changed);
    }

    private static TokenClass fallback(TokenClass tokenClass) {
        return switch (tokenClass) {
            case AUDIO_INPUT, IMAGE_INPUT, CACHE_READ, CACHE_WRITE_5M -> TokenClass.INPUT;
            case CACHE_WRITE_1H -> TokenClass.CACHE_WRITE_5M;
            case REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT -> TokenClass.OUTPUT;
            case INPUT, OUTPUT -> throw new IllegalStateException("input and output always have a price");
        };
    }
}
