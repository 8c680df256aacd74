package dev.tollgate.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every answer of the API is wrapped in.
 *
 * @param code 0, or the HTTP status of a failure
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Envelope<T>(
        int code, String message, @Nullable T data) {
    private static final String SUCCESS = "success";

    public static <T> Envelope<T> of(T data) {
        return new Envelope<>(0, SUCCESS, data);
    }

    /** The answer of a call that has nothing to tell. */
    public static Envelope<Object> done() {
        return new Envelope<>(0, SUCCESS, null);
    }

    /** An answer other than success; its message is for the caller's eyes. */
    public static Envelope<Errors> failure(int status, String message, List<FieldError> errors) {
        return new Envelope<>(status, message, errors.isEmpty() ? null : new Errors(errors));
    }

    /** What is wrong with the input, field by field. */
    @Serdeable
    public record Errors(List<FieldError> errors) {}

    /** What is wrong with one field. */
    @Serdeable
    public record FieldError(String field, String message) {}
}
