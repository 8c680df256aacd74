package dev.tollgate.domain.relay;

import dev.tollgate.domain.usage.TokenUsage;

/**
 * What is known of a running call at a heartbeat: enough to settle it if its process dies.
 *
 * @param answered whether any byte of an answer was seen; without one an orphan costs nothing
 */
public record Progress(RequestId id, TokenUsage tokens, boolean answered) {}
