package dev.tollgate.domain.pricing;

import java.time.Instant;

/** A model's prices from an instant on, until a later version's. A version in force never changes. */
public record PriceVersion(PriceVersionId id, String model, Instant effectiveFrom, PriceSheet sheet) {}
