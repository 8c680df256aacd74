package dev.tollgate.domain.usage;

import org.jspecify.annotations.Nullable;

/** The tokens one model spent inside a call; {@code model} is null for the model the call asked for. */
public record UsagePart(@Nullable String model, TokenUsage tokens) {}
