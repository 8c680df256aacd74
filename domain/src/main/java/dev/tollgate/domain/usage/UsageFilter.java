package dev.tollgate.domain.usage;

/**
 * Tells usage that can be true from usage that cannot.
 *
 * <p>A count above ten context windows is nonsense: several passes with built-in tools may exceed one window, no known
 * API exceeds ten.
 */
public record UsageFilter(long contextWindow) {
    public static final int WINDOWS_MAX = 10;

    public UsageFilter {
        if (contextWindow <= 0) {
            throw new IllegalArgumentException("a context window is positive: " + contextWindow);
        }
    }

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
        long bound = Math.min(TokenUsage.COUNT_MAX, Math.multiplyExact(contextWindow, WINDOWS_MAX));
        for (UsagePart part : usage.parts()) {
            if (part.tokens().total() > bound) {
                return new UsageReport.Nonsense("over_context_window");
            }
        }
        return report;
    }
}
