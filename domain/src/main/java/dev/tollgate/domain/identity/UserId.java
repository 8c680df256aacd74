package dev.tollgate.domain.identity;

/** Identifies a user. */
public record UserId(long value) {}
