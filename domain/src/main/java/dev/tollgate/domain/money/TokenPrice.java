package dev.tollgate.domain.money;

import java.math.BigDecimal;

/** The price of one token of one class, in whole pico-dollars: six decimals of dollars per million are exact. */
public record TokenPrice(long picosPerToken) {
    public static final TokenPrice FREE = new TokenPrice(0);

    /** Ten thousand dollars per million tokens; with {@code TokenUsage}'s cap no product can overflow. */
    public static final long PICOS_MAX = 10_000_000_000L;

    private static final int PER_MILLION_DIGITS = 6;

    public TokenPrice {
        if (picosPerToken < 0 || picosPerToken > PICOS_MAX) {
            throw new IllegalArgumentException("a token price is 0 to " + PICOS_MAX + " picos: " + picosPerToken);
        }
    }

    /**
     * The price as it is published.
     *
     * @throws ArithmeticException if finer than a pico a token: an inexact price is refused, not rounded
     */
    public static TokenPrice ofDollarsPerMillion(BigDecimal dollars) {
        return new TokenPrice(dollars.scaleByPowerOfTen(PER_MILLION_DIGITS).longValueExact());
    }

    /** Reads the wire form. @throws ArithmeticException if finer than a pico a token */
    public static TokenPrice ofDollarsPerMillion(String dollars) {
        return ofDollarsPerMillion(Decimals.parse(dollars));
    }

    public Cost of(long tokens) {
        return Cost.ofPicos(Math.multiplyExact(picosPerToken, tokens));
    }

    /**
     * This price at a factor.
     *
     * @throws ArithmeticException if the product is not a whole number of picos
     * @throws IllegalArgumentException if it is above {@link #PICOS_MAX}
     */
    public TokenPrice times(Multiplier multiplier) {
        return multiplier.isOne() ? this : new TokenPrice(multiplier.exactly(picosPerToken));
    }

    public BigDecimal dollarsPerMillion() {
        return BigDecimal.valueOf(picosPerToken, PER_MILLION_DIGITS);
    }

    /** The wire form: plain decimal dollars per million tokens. */
    public String text() {
        return picosPerToken == 0
                ? "0"
                : dollarsPerMillion().stripTrailingZeros().toPlainString();
    }
}
