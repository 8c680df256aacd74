package dev.tollgate.domain.usage;

import java.util.Optional;

/**
 * What is known of a call's usage. Unknown usage is not zero usage, so the two cannot be confused: zero tokens that were
 * reported are a report.
 */
public sealed interface UsageReport {
    /** The upstream said so, at the end of its answer. */
    record Reported(Usage usage) implements UsageReport {}

    /** The upstream said nothing that can be used, and the tokens were counted here. */
    record Estimated(Usage usage) implements UsageReport {}

    /** The answer broke off: the upstream's figures so far, and a count of our own for the rest. */
    record Partial(Usage usage) implements UsageReport {}

    /** Nothing was reported; {@code cause} says why. */
    record Missing(String cause) implements UsageReport {}

    /** What was reported cannot be true; {@code what} names the breach. It is never charged and never subtracted. */
    record Nonsense(String what) implements UsageReport {}

    /** The usage that can be charged; empty where it must be counted here first. */
    default Optional<Usage> known() {
        return switch (this) {
            case Reported(Usage usage) -> Optional.of(usage);
            case Estimated(Usage usage) -> Optional.of(usage);
            case Partial(Usage usage) -> Optional.of(usage);
            case Missing missing -> Optional.empty();
            case Nonsense nonsense -> Optional.empty();
        };
    }

    /** What the record is flagged with; empty for an ordinary report. */
    default Optional<String> flag() {
        return switch (this) {
            case Reported reported -> Optional.empty();
            case Estimated estimated -> Optional.of("usage_estimated");
            case Partial partial -> Optional.of("usage_partial");
            case Missing missing -> Optional.of("usage_missing");
            case Nonsense nonsense -> Optional.of("usage_nonsense");
        };
    }
}
