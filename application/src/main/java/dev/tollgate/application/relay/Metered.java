package dev.tollgate.application.relay;

import dev.tollgate.domain.usage.UsageReport;
import java.util.List;
import java.util.Set;

/**
 * An answer's usage as its platform's codec read it, sanity-checked and, where the upstream gave none, counted locally.
 *
 * @param report missing only if no byte of an answer was produced
 * @param created ids of what the answer left at the account, for later calls to build upon (a response, a container)
 * @param flags what was out of the ordinary ({@code usage_missing}, {@code usage_nonsense}, …)
 */
public record Metered(UsageReport report, Set<String> flags, List<String> created) {
    /** Of an attempt that produced no answer. */
    public static final Metered NOTHING = new Metered(new UsageReport.Missing("no_answer"), Set.of());

    public Metered {
        flags = Set.copyOf(flags);
        created = List.copyOf(created);
    }

    public Metered(UsageReport report, Set<String> flags) {
        this(report, flags, List.of());
    }
}
