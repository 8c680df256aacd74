package dev.tollgate.application.relay;

import dev.tollgate.domain.usage.Served;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's body, which stays bytes, and the little that is read from it.
 *
 * @param contentType of the bytes: {@code application/json}, or a form's with its boundary
 * @param model as the caller wrote it
 * @param bounds how large the call can become
 * @param usageAsked whether the caller asked for usage in the stream
 * @param asked the service tier, speed and region asked for, as far as they change the price
 * @param sessionHints what ties the call to a conversation, strongest first, not yet namespaced by user
 * @param references ids of what an earlier call left at its account and this one builds upon (a response, a container, a
 *     file, a cache); only that account can serve it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying a 30 MB prompt to guard it would be waste
public record CallBody(
        byte[] bytes,
        String contentType,
        String model,
        boolean stream,
        CallBounds bounds,
        boolean usageAsked,
        Served asked,
        List<String> sessionHints,
        List<String> references) {
    /** The content type of nearly every body. */
    public static final String JSON = "application/json";

    public CallBody {
        sessionHints = List.copyOf(sessionHints);
        references = List.copyOf(references);
    }

    /** The same body of a call whose head names its session: that hint is the strongest. */
    public CallBody inSession(String hint) {
        List<String> hints = new ArrayList<>();
        hints.add(hint);
        sessionHints.stream().filter(other -> !other.equals(hint)).forEach(hints::add);
        return new CallBody(bytes, contentType, model, stream, bounds, usageAsked, asked, hints, references);
    }
}
