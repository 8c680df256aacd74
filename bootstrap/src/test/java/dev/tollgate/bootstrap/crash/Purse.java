package dev.tollgate.bootstrap.crash;

import java.math.BigDecimal;

/**
 * A user with one way to pay.
 *
 * @param amount what there is to spend
 * @param userPackage 0 where the user pays otherwise
 * @param callsAtOnce of its key or of its user; 0 for any number
 * @param isTight whether it runs out while the harness runs
 */
record Purse(
        String name,
        Kind kind,
        BigDecimal amount,
        int callsAtOnce,
        boolean isTight,
        long user,
        long userPackage,
        String key) {
    /** How a call is paid for, and whether it may cost more than there is. */
    enum Kind {
        CREDIT(true),
        POSTPAID(false),
        STRICT(true),
        SLICED(false),
        LENIENT(false);

        private final boolean isExact;

        Kind(boolean isExact) {
            this.isExact = isExact;
        }

        /** Never a nano-dollar more than there is. */
        boolean isExact() {
            return isExact;
        }

        boolean isPackage() {
            return this == STRICT || this == SLICED || this == LENIENT;
        }
    }
}
