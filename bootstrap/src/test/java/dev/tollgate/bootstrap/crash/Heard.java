package dev.tollgate.bootstrap.crash;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller got of one call.
 *
 * @param status 0 if not even a head arrived
 * @param headers by their names in lower case
 * @param isWhole whether the terminal event or the whole body arrived
 * @param broken why nothing more came; null if the answer ended in order
 */
record Heard(
        int status,
        Map<String, String> headers,
        String body,
        boolean isWhole,
        @Nullable String broken) {
    private static final int OK = 200;

    /** Whether the caller has a whole good answer, which is to be billed in full. */
    boolean isComplete() {
        return status == OK && isWhole;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** The output tokens the caller was told of last; -1 if of none. */
    int toldOutput() {
        return Math.max(last("\"completion_tokens\":"), last("\"output_tokens\":"));
    }

    private int last(String member) {
        int at = body.lastIndexOf(member);
        if (at < 0) {
            return -1;
        }
        int from = at + member.length();
        int to = from;
        while (to < body.length() && Character.isDigit(body.charAt(to))) {
            to++;
        }
        return to == from ? -1 : Integer.parseInt(body.substring(from, to));
    }
}
