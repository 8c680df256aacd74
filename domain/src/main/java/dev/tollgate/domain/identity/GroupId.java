package dev.tollgate.domain.identity;

/** Identifies an account group, to which users, keys and accounts may be bound. */
public record GroupId(long value) {}
