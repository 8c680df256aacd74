package dev.tollgate.application.relay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a call can become, as far as its body says.
 *
 * @param input most input tokens the body can hold: bytes of text plus fixed costs of images, tools and files; null
 *     when input is not in the bytes (file ids, URLs, server tools) and the model's window is the bound
 * @param output the caller's own bound on output tokens, null if absent
 * @param choices how many answers are asked for ({@code n}), at least 1
 * @param serverTools the provider's own tools the call may use, with the most uses of each
 */
public record CallBounds(@Nullable Long input, @Nullable Long output, int choices, Map<String, Long> serverTools) {
    public CallBounds {
        if (choices < 1) {
            throw new IllegalArgumentException("at least one answer is asked for: " + choices);
        }
        serverTools = Map.copyOf(serverTools);
    }
}
