package dev.tollgate.domain.money;

import java.math.BigDecimal;

/** An amount of US dollars as the ledger keeps it: whole nano-dollars, never a fraction of one. */
public record Money(long nanos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    /** The largest limit or balance an operator may set: 4 million dollars, exact in every store's numbers (2^53). */
    public static final Money LIMIT_MAX = new Money(4_000_000_000_000_000L);

    private static final int NANO_DIGITS = 9;

    public static Money ofNanos(long nanos) {
        return nanos == 0 ? ZERO : new Money(nanos);
    }

    /**
     * The amount in exact dollars.
     *
     * @throws ArithmeticException if finer than a nano-dollar or beyond the range: refused, not rounded
     */
    public static Money ofDollars(BigDecimal dollars) {
        return ofNanos(dollars.scaleByPowerOfTen(NANO_DIGITS).longValueExact());
    }

    /** Reads the wire form. @throws ArithmeticException if finer than a nano-dollar or beyond the range */
    public static Money ofDollars(String dollars) {
        return ofDollars(Decimals.parse(dollars));
    }

    public Money plus(Money addend) {
        return ofNanos(Math.addExact(nanos, addend.nanos));
    }

    public Money minus(Money subtrahend) {
        return ofNanos(Math.subtractExact(nanos, subtrahend.nanos));
    }

    public Money negated() {
        return ofNanos(Math.negateExact(nanos));
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public boolean isNegative() {
        return nanos < 0;
    }

    public boolean isPositive() {
        return nanos > 0;
    }

    /** The same amount in dollars, exact. */
    public BigDecimal dollars() {
        return BigDecimal.valueOf(nanos, NANO_DIGITS);
    }

    /** The wire form: plain decimal dollars without trailing zeros, {@code "0.000123"}, {@code "0"}, {@code "12"}. */
    public String text() {
        return nanos == 0 ? "0" : dollars().stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }
}
