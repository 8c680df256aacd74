package dev.tollgate.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A factor on a price, at most six decimals as entered; kept in trillionths so that the product of two is exact.
 *
 * <p>It changes what a call costs and never touches token counts.
 */
public record Multiplier(long trillionths) {
    public static final Multiplier ONE = new Multiplier(1_000_000_000_000L);

    /** The largest factor an operator may set. */
    public static final int FACTOR_MAX = 1000;

    private static final int ENTERED_DIGITS_MAX = 6;
    private static final int DIGITS = 12;
    private static final BigInteger SCALE = BigInteger.TEN.pow(DIGITS);

    public Multiplier {
        if (trillionths < 0) {
            throw new IllegalArgumentException("negative multiplier: " + trillionths);
        }
    }

    /**
     * A factor as an operator enters it.
     *
     * @throws IllegalArgumentException if negative, above {@link #FACTOR_MAX} or finer than six decimals
     */
    public static Multiplier of(BigDecimal factor) {
        boolean tooFine = factor.stripTrailingZeros().scale() > ENTERED_DIGITS_MAX;
        if (tooFine || factor.signum() < 0 || factor.compareTo(BigDecimal.valueOf(FACTOR_MAX)) > 0) {
            throw new IllegalArgumentException("a multiplier is 0 to 1000 with at most six decimals: " + factor);
        }
        return new Multiplier(factor.scaleByPowerOfTen(DIGITS).longValueExact());
    }

    public static Multiplier of(String factor) {
        return of(Decimals.parse(factor));
    }

    /**
     * Both factors in one.
     *
     * @throws ArithmeticException if the product needs more than twelve decimals
     */
    public Multiplier times(Multiplier other) {
        return new Multiplier(other.exactly(trillionths));
    }

    /** The product with a whole number. @throws ArithmeticException if that is not a whole number */
    public long exactly(long quantity) {
        if (trillionths == ONE.trillionths) {
            return quantity;
        }
        BigInteger[] parts = BigInteger.valueOf(quantity)
                .multiply(BigInteger.valueOf(trillionths))
                .divideAndRemainder(SCALE);
        if (parts[1].signum() != 0) {
            throw new ArithmeticException(quantity + " times " + text() + " is not a whole number");
        }
        return parts[0].longValueExact();
    }

    public boolean isOne() {
        return trillionths == ONE.trillionths;
    }

    public BigDecimal factor() {
        return BigDecimal.valueOf(trillionths, DIGITS);
    }

    /** The wire form: a plain decimal without trailing zeros. */
    public String text() {
        return trillionths == 0 ? "0" : factor().stripTrailingZeros().toPlainString();
    }
}
