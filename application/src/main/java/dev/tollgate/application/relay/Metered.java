package dev.tollgate.application.relay;

import dev.tollgate.domain.usage.UsageReport;
import java.util.Set;

/**
 * An answer's usage as its platform's codec read it, sanity-checked and, where the upstream gave none, counted locally.
 *
 * @param report missing only if no byte of an answer was produced
 * @param flags what was out of the ordinary ({@code usage_missing}, {@code usage_nonsense}, …)
 */
public record Metered(UsageReport report, Set<String> flags) {
    /** Of an attempt that produced no answer. */
    public static final Metered NOTHING = new Metered(new UsageReport.Missing("no_answer"), Set.of());

    public Metered {
        flags = Set.copyOf(flags);
    }
}
