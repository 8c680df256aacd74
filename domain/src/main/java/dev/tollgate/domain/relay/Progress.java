package dev.tollgate.domain.relay;

import dev.tollgate.domain.usage.TokenUsage;
import java.util.List;

/**
 * What is known of a running call at a heartbeat: enough to settle it if its process dies.
 *
 * @param answered whether any byte of an answer was seen; without one an orphan costs nothing
 * @param attempts those made so far and the running one, with what is known of it
 */
public record Progress(RequestId id, TokenUsage tokens, boolean answered, List<AttemptRecord> attempts) {
    public Progress {
        attempts = List.copyOf(attempts);
    }
}
