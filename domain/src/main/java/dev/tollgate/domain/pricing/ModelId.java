package dev.tollgate.domain.pricing;

/** Identifies a model of the price list. */
public record ModelId(long value) {}
