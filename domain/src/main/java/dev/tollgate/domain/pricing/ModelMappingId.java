package dev.tollgate.domain.pricing;

/** Identifies a model mapping. */
public record ModelMappingId(long value) {}
