package dev.tollgate.domain.account;

/** Identifies an upstream account. */
public record AccountId(long value) {}
