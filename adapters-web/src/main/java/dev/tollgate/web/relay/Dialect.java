package dev.tollgate.web.relay;

import dev.tollgate.application.relay.conversation.CallerCodec;
import org.jspecify.annotations.Nullable;

/** One kind of call callers make: what is read of its body, and how it is told that something went wrong. */
public interface Dialect {
    /** The name it has in records: {@code chat}, {@code messages}, … */
    String name();

    /** Its path below the version, which is also the upstream's: {@code /chat/completions}. */
    String path();

    /** Understands a JSON body as far as routing and metering need it; the bytes are kept, not copied. */
    BodyReading read(byte[] body);

    /**
     * Understands a body by its content type.
     *
     * @param contentType as the caller sent it, null if it was not
     */
    default BodyReading read(byte[] body, @Nullable String contentType) {
        return FormFields.isForm(contentType)
                ? new BodyReading.Refused(FormFields.notTaken("A form is not taken here: send JSON."))
                : read(body);
    }

    ErrorShape errors();

    /** How its calls are understood for a platform of another dialect; null if they are not converted. */
    default @Nullable CallerCodec codec() {
        return null;
    }

    /** Whether its calls cost nothing and leave no record. */
    default boolean isFree() {
        return false;
    }
}
