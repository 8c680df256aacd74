package dev.tollgate.domain.pricing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All versions of one model's prices. */
public record PriceHistory(List<PriceVersion> versions) {
    public PriceHistory {
        versions = versions.stream()
                .sorted(Comparator.comparing(PriceVersion::effectiveFrom)
                        .thenComparingLong(version -> version.id().value()))
                .toList();
    }

    /** The version in force at an instant: the latest that has begun. */
    public Optional<PriceVersion> at(Instant instant) {
        return versions.stream()
                .filter(version -> !version.effectiveFrom().isAfter(instant))
                .reduce((earlier, later) -> later);
    }
}
