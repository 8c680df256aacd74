package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions to a history that always holds at least one version. */
final class PriceVersions {
    private PriceVersions() {}

    /** The version in force at an instant, or the first there will be. */
    static PriceVersion current(PriceHistory history, Instant at) {
        return history.at(at).orElseGet(() -> history.versions().getFirst());
    }

    static PriceHistory with(PriceHistory history, @Nullable PriceVersion added) {
        if (added == null) {
            return history;
        }
        List<PriceVersion> versions = new ArrayList<>(history.versions());
        versions.add(added);
        return new PriceHistory(versions);
    }
}
