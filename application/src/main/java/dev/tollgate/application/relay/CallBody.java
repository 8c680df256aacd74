package dev.tollgate.application.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, which stays bytes, and the little that is read from it.
 *
 * @param model as the caller wrote it
 * @param outputBound the caller's own bound on output tokens, null if absent
 * @param choices how many answers are asked for ({@code n}), at least 1
 * @param inputBound most input tokens the body can hold: bytes of text plus fixed costs of images, tools and files;
 *     null when input is not in the bytes (file ids, URLs, server tools) and the model's window is the bound
 * @param usageAsked whether the caller asked for usage in the stream
 * @param sessionHints what ties the call to a conversation, strongest first, not yet namespaced by user
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying a 30 MB prompt to guard it would be waste
public record CallBody(
        byte[] bytes,
        String model,
        boolean stream,
        @Nullable Long outputBound,
        int choices,
        @Nullable Long inputBound,
        boolean usageAsked,
        List<String> sessionHints) {
    public CallBody {
        sessionHints = List.copyOf(sessionHints);
    }
}
