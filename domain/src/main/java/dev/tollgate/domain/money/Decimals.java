package dev.tollgate.domain.money;

import java.math.BigDecimal;

/** Reads decimal numbers of a length no honest amount exceeds: parsing takes time quadratic in the digits. */
final class Decimals {
    private static final int LENGTH_MAX = 64;

    private Decimals() {}

    /** @throws NumberFormatException if not a decimal number, or too long for one */
    static BigDecimal parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new NumberFormatException("a decimal number has at most " + LENGTH_MAX + " characters");
        }
        return new BigDecimal(text);
    }
}
