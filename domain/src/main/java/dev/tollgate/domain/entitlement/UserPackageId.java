package dev.tollgate.domain.entitlement;

/** Identifies a package as one user has it. */
public record UserPackageId(long value) {}
