package dev.tollgate.web.admin;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a state-changing call did, for the operation log: the views of the thing before and after, without secrets.
 *
 * <p>Every such call of the admin API is logged in any case; the note says what it was about.
 *
 * @param before null if there was nothing
 */
public record OperationNote(
        String subject,
        @Nullable String subjectId,
        @Nullable Object before,
        @Nullable Object after) {
    private static final String ATTRIBUTE = "tollgate.operation";

    /** Notes what a call did to one thing. */
    public static void leave(
            HttpRequest<?> request, String subject, long id, @Nullable Object before, @Nullable Object after) {
        request.setAttribute(ATTRIBUTE, new OperationNote(subject, String.valueOf(id), before, after));
    }

    /** Notes what a call did to several things at once. */
    public static void leaveForMany(
            HttpRequest<?> request, String subject, @Nullable Object before, @Nullable Object after) {
        request.setAttribute(ATTRIBUTE, new OperationNote(subject, null, before, after));
    }

    static Optional<OperationNote> of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, OperationNote.class);
    }
}
