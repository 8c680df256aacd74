package dev.tollgate.domain.entitlement;

/** A subscription is limited by day, week and month; a quota is one total. */
public enum PackageType {
    SUBSCRIPTION,
    QUOTA
}
