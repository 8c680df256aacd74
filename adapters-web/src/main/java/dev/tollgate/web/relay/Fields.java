package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.usage.Served;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields of a body, read one by one; the first that is not what it must be is remembered. */
abstract sealed class Fields permits BodyFields, FormFields {
    /** Longer than any model's name is. */
    static final int MODEL_BYTES_MAX = 256;

    private @Nullable CallError error;

    /** The first thing wrong so far, null if nothing is. */
    public @Nullable CallError error() {
        return error;
    }

    public void refuse(String what, String field) {
        if (error == null) {
            error = invalid("Invalid value for '" + field + "': " + what + ".", field);
        }
    }

    /** The body of a call that asks for nothing out of the ordinary and is tied to no other. */
    public CallBody body(String model, boolean stream, CallBounds bounds) {
        return new CallBody(bytes(), contentType(), model, stream, bounds, true, Served.ORDINARY, List.of(), List.of());
    }

    abstract byte[] bytes();

    abstract String contentType();

    static <F extends Fields> BodyReading reading(F fields, Function<F, CallBody> reader) {
        CallBody body = reader.apply(fields);
        CallError error = fields.error();
        return error == null ? new BodyReading.Read(body) : new BodyReading.Refused(error);
    }

    static boolean isModel(@Nullable String name) {
        return name != null && !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    static CallError invalid(String message, @Nullable String field) {
        CallError.Code code = CallError.Code.INVALID_REQUEST;
        return new CallError(code, code.status(), message, field, null);
    }
}
