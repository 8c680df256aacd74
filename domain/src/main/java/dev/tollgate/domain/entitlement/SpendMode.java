package dev.tollgate.domain.entitlement;

/**
 * How a package is held against a call: {@code STRICT} the most it can cost, {@code SLICED} 512 output tokens at a time,
 * {@code LENIENT} an estimate, the call finishing whatever it costs.
 */
public enum SpendMode {
    STRICT,
    SLICED,
    LENIENT
}
