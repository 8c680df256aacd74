package dev.tollgate.domain.usage;

/** What is known of a call's usage. Unknown usage is not zero usage, so the two cannot be confused. */
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
}
