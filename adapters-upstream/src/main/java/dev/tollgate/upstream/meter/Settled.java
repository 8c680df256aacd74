package dev.tollgate.upstream.meter;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageFilter;
import dev.tollgate.domain.usage.UsageReport;
import java.util.Set;
import java.util.function.Supplier;

/** Turns what an upstream reported into what is charged: its figures if they can be true, else a count of our own. */
public final class Settled {
    private Settled() {}

    /**
     * Checks a report; {@code counted} is asked only if it is needed.
     *
     * @param contextWindow the model's
     */
    public static Metered of(UsageReport report, long contextWindow, Supplier<Usage> counted) {
        return switch (new UsageFilter(contextWindow).check(report)) {
            case UsageReport.Reported reported -> new Metered(reported, Set.of());
            case UsageReport.Partial partial -> new Metered(partial, Set.of());
            case UsageReport.Estimated estimated -> new Metered(estimated, Set.of());
            case UsageReport.Missing missing ->
                new Metered(new UsageReport.Estimated(counted.get()), Set.of("usage_missing"));
            case UsageReport.Nonsense nonsense ->
                new Metered(new UsageReport.Estimated(counted.get()), Set.of("usage_nonsense"));
        };
    }
}
