package dev.tollgate.application.relay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a call can become, as far as its body says.
 *
 * @param input most input tokens the body can hold: bytes of text plus fixed costs of images, tools and files; null
 *     when input is not in the bytes (file ids, URLs, server tools) and the model's window is the bound
 * @param output the most output tokens of each answer, null if the body does not say
 * @param lowerable whether the request has a member that bounds its output, so that less than {@code output} can be
 *     asked for
 * @param choices how many answers are asked for ({@code n}), at least 1
 * @param serverTools the provider's own tools the call may use, with the most uses of each
 * @param units what is priced by the piece
 */
public record CallBounds(
        @Nullable Long input,
        @Nullable Long output,
        boolean lowerable,
        int choices,
        Map<String, Long> serverTools,
        UnitBounds units) {
    public CallBounds {
        if (choices < 1) {
            throw new IllegalArgumentException("at least one answer is asked for: " + choices);
        }
        serverTools = Map.copyOf(serverTools);
    }

    /** Of a call whose output can be bounded and that is priced by the token. */
    public CallBounds(@Nullable Long input, @Nullable Long output, int choices, Map<String, Long> serverTools) {
        this(input, output, true, choices, serverTools, UnitBounds.NONE);
    }

    /**
     * Of a call that takes no bound on its output.
     *
     * @param output null if only the model bounds it
     */
    public static CallBounds fixed(@Nullable Long input, @Nullable Long output, int choices, UnitBounds units) {
        return new CallBounds(input, output, false, choices, Map.of(), units);
    }
}
