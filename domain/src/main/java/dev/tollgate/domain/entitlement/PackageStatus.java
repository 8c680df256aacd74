package dev.tollgate.domain.entitlement;

/** What the admin API shows of a user's package; derived at an instant, never stored. */
public enum PackageStatus {
    ACTIVE,
    EXPIRED,
    /** A limited window has nothing left; it is active again when that window ends. */
    EXHAUSTED,
    DISABLED
}
