package dev.tollgate.domain.pricing;

/** Names one version of one model's prices for ever. */
public record PriceVersionId(long value) {}
