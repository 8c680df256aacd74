package dev.tollgate.domain.relay;

/** Whose count a record's tokens are. */
public enum UsageSource {
    UPSTREAM,
    ESTIMATED,
    PARTIAL
}
