package dev.tollgate.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What something is worth before it is charged: whole pico-dollars, a thousand to the nano-dollar.
 *
 * <p>A price is an exact number of picos, so a sum of costs is exact too. The only rounding in the system is
 * {@link #charged}, which turns one call's cost into the money of one ledger entry.
 */
public record Cost(long picos) implements Comparable<Cost> {
    public static final Cost ZERO = new Cost(0);

    private static final int PICO_DIGITS = 12;
    private static final BigInteger PICO_TRILLIONTHS_PER_NANO = BigInteger.TEN.pow(15);

    public Cost {
        if (picos < 0) {
            throw new IllegalArgumentException("negative cost: " + picos);
        }
    }

    public static Cost ofPicos(long picos) {
        return picos == 0 ? ZERO : new Cost(picos);
    }

    /**
     * The cost in exact dollars.
     *
     * @throws ArithmeticException if finer than a pico-dollar: an inexact price is refused, not rounded
     */
    public static Cost ofDollars(BigDecimal dollars) {
        return ofPicos(dollars.scaleByPowerOfTen(PICO_DIGITS).longValueExact());
    }

    /** Reads the wire form. @throws ArithmeticException if finer than a pico-dollar or beyond the range */
    public static Cost ofDollars(String dollars) {
        return ofDollars(Decimals.parse(dollars));
    }

    public Cost plus(Cost addend) {
        return ofPicos(Math.addExact(picos, addend.picos));
    }

    public Cost times(long count) {
        return ofPicos(Math.multiplyExact(picos, count));
    }

    /** As {@link #plus}, at most {@code most}: for bounds, whose parts may be beyond the range. */
    public Cost plusAtMost(Cost addend, Cost most) {
        return picos > most.picos - Math.min(addend.picos, most.picos) ? most : plus(addend);
    }

    /** As {@link #times(long)}, at most {@code most}: for bounds, whose parts may be beyond the range. */
    public Cost timesAtMost(long count, Cost most) {
        return count > 0 && picos > most.picos / count ? most : times(count);
    }

    /**
     * This cost at a factor.
     *
     * @throws ArithmeticException if the product is not a whole number of picos
     */
    public Cost times(Multiplier multiplier) {
        return ofPicos(multiplier.exactly(picos));
    }

    /** This cost at a multiplier, rounded half-even to the ledger's nano-dollar: once a call, and nowhere else. */
    public Money charged(Multiplier multiplier) {
        BigInteger exact = BigInteger.valueOf(picos).multiply(BigInteger.valueOf(multiplier.trillionths()));
        return Money.ofNanos(new BigDecimal(exact)
                .divide(new BigDecimal(PICO_TRILLIONTHS_PER_NANO), 0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }

    /** The least money that covers this cost at a multiplier: what is held before a call, never what is charged. */
    public Money covered(Multiplier multiplier) {
        return Money.ofNanos(coveringNanos(multiplier).longValueExact());
    }

    /** As {@link #covered(Multiplier)}, at most {@code most}. */
    public Money coveredAtMost(Multiplier multiplier, Money most) {
        return Money.ofNanos(
                coveringNanos(multiplier).min(BigInteger.valueOf(most.nanos())).longValueExact());
    }

    private BigInteger coveringNanos(Multiplier multiplier) {
        BigInteger exact = BigInteger.valueOf(picos).multiply(BigInteger.valueOf(multiplier.trillionths()));
        BigInteger[] parts = exact.divideAndRemainder(PICO_TRILLIONTHS_PER_NANO);
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
    }

    public boolean isZero() {
        return picos == 0;
    }

    /** The same amount in dollars, exact. */
    public BigDecimal dollars() {
        return BigDecimal.valueOf(picos, PICO_DIGITS);
    }

    /** The wire form: plain decimal dollars, up to twelve places, without trailing zeros. */
    public String text() {
        return picos == 0 ? "0" : dollars().stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(Cost other) {
        return Long.compare(picos, other.picos);
    }
}
