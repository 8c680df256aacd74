package dev.tollgate.application.relay;

import dev.tollgate.domain.usage.Served;
import java.util.List;

/**
 * A request's body, which stays bytes, and the little that is read from it.
 *
 * @param model as the caller wrote it
 * @param bounds how large the call can become
 * @param usageAsked whether the caller asked for usage in the stream
 * @param asked the service tier, speed and region asked for, as far as they change the price
 * @param sessionHints what ties the call to a conversation, strongest first, not yet namespaced by user
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying a 30 MB prompt to guard it would be waste
public record CallBody(
        byte[] bytes,
        String model,
        boolean stream,
        CallBounds bounds,
        boolean usageAsked,
        Served asked,
        List<String> sessionHints) {
    public CallBody {
        sessionHints = List.copyOf(sessionHints);
    }
}
