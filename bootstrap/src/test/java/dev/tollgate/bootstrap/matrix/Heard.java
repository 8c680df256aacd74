package dev.tollgate.bootstrap.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's official SDK made of an answer, in the matrix's terms.
 *
 * @param input all input tokens, cached ones included, as the dialect tells them
 * @param output all output tokens, thoughts included
 */
record Heard(String text, String thinking, List<Call> calls, Said.Stop stop, long input, long output) {
    record Call(String name, JsonNode arguments) {}

    /** What the SDK threw. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        /** @param status of the answer; 0 for an error inside a stream */
        Refused(int status, @Nullable Throwable cause) {
            super("status " + status, cause);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
