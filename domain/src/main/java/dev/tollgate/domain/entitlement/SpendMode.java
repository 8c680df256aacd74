package dev.tollgate.domain.entitlement;

/** How a payer is held against a call. */
public enum SpendMode {
    /** The most the call can cost is held before it is sent. */
    STRICT,
    /** A stream holds 512 output tokens at a time, and ends when no more can be had; any other call is held as strict. */
    SLICED,
    /** An estimate is held, and the call finishes whatever it costs. */
    LENIENT
}
