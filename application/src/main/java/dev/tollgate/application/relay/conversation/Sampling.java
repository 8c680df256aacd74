package dev.tollgate.application.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn, and what ends the answer. Numbers are JSON texts, as the caller wrote them. */
public record Sampling(
        @Nullable RawJson temperature,
        @Nullable RawJson topP,
        @Nullable Long topK,
        @Nullable RawJson frequencyPenalty,
        @Nullable RawJson presencePenalty,
        @Nullable Long seed,
        List<String> stop) {
    public static final Sampling ORDINARY = new Sampling(null, null, null, null, null, null, List.of());

    public Sampling {
        stop = List.copyOf(stop);
    }
}
