package dev.tollgate.domain.entitlement;

/** Identifies a package on offer. */
public record PackageId(long value) {}
