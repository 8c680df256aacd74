package dev.tollgate.domain.usage;

/**
 * Tells usage that can be true from usage that cannot.
 *
 * <p>A count above ten context windows is nonsense: several passes with built-in tools may exceed one window, no known
 * API exceeds ten. A count below zero cannot be expressed; a codec that meets one reports {@code Nonsense} itself.
 */
public record UsageFilter(long contextWindow) {
    public static final int WINDOWS_MAX = 10;

    /** For a model whose window is not known: only what no model could do is nonsense. */
    public static final UsageFilter UNKNOWN_WINDOW = new UsageFilter(TokenUsage.COUNT_MAX);

    public UsageFilter {
        if (contextWindow <= 0) {
            throw new IllegalArgumentException("a context window is positive: " + contextWindow);
        }
    }

    /** The report itself, or that it is nonsense. An estimate is our own count and passes. */
    public UsageReport check(UsageReport report) {
        return switch (report) {
            case UsageReport.Reported reported -> orNonsense(reported, reported.usage());
            case UsageReport.Partial partial -> orNonsense(partial, partial.usage());
            case UsageReport.Estimated estimated -> estimated;
            case UsageReport.Missing missing -> missing;
            case UsageReport.Nonsense nonsense -> nonsense;
        };
    }

    private UsageReport orNonsense(UsageReport report, Usage usage) {
        long bound = Math.min(contextWindow, TokenUsage.COUNT_MAX / WINDOWS_MAX) * WINDOWS_MAX;
        long sum = 0;
        for (UsagePart part : usage.parts()) {
            long total = part.tokens().total();
            if (total > bound) {
                return new UsageReport.Nonsense("over_context_window");
            }
            sum = Math.addExact(sum, total);
        }
        return sum > TokenUsage.COUNT_MAX ? new UsageReport.Nonsense("over_all_bounds") : report;
    }
}
