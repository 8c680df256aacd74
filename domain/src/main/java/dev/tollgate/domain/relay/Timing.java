package dev.tollgate.domain.relay;

import org.jspecify.annotations.Nullable;

/** How long a call took, in whole milliseconds; the first token's time is null when none came. */
public record Timing(long latencyMillis, @Nullable Long firstTokenMillis) {}
