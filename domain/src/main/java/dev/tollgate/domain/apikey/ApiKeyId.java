package dev.tollgate.domain.apikey;

/** Identifies an API key. */
public record ApiKeyId(long value) {}
