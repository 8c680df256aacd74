package dev.tollgate.web.admin;

import dev.tollgate.web.admin.Envelope.FieldError;
import io.micronaut.http.HttpStatus;
import java.util.List;

/** An answer other than success, on its way to the caller; its message is for the caller's eyes. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final transient List<FieldError> errors;

    private ApiFailure(HttpStatus status, String message, List<FieldError> errors) {
        super(message, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    /** There is no such thing, or it is not the caller's. */
    public static ApiFailure notFound(String thing) {
        return new ApiFailure(HttpStatus.NOT_FOUND, "no such " + thing, List.of());
    }

    /** The thing's present state is in the way. */
    public static ApiFailure conflict(String message) {
        return new ApiFailure(HttpStatus.CONFLICT, message, List.of());
    }

    public static ApiFailure invalid(List<FieldError> errors) {
        return new ApiFailure(HttpStatus.BAD_REQUEST, "invalid input", errors);
    }

    public static ApiFailure invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static ApiFailure of(HttpStatus status, String message) {
        return new ApiFailure(status, message, List.of());
    }

    HttpStatus status() {
        return status;
    }

    List<FieldError> errors() {
        return errors;
    }
}
