package dev.tollgate.domain.entitlement;

/** The name of a window: its kind and its start in epoch seconds. */
public record WindowKey(WindowKind kind, long startEpochSecond) {}
