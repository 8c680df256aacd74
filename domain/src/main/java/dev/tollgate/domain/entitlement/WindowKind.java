package dev.tollgate.domain.entitlement;

/** The lengths of time a limit can be set for. */
public enum WindowKind {
    DAY,
    WEEK,
    MONTH,
    /** All time: one window that starts at the epoch. */
    TOTAL
}
