package dev.tollgate.bootstrap.matrix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider of the matrix answers, whatever its wire: the same meaning in every shape.
 *
 * @param thinking null for none
 * @param input fresh input tokens, {@code cached} read from a cache besides
 * @param output output tokens, {@code thoughts} of them spent thinking
 */
record Said(
        @Nullable String thinking,
        @Nullable String text,
        List<Call> calls,
        Stop stop,
        long input,
        long cached,
        long output,
        long thoughts) {
    Said {
        calls = List.copyOf(calls);
    }

    static final String SIGNATURE = "c2lnbmF0dXJl";

    /** One tool call; {@code arguments} is a JSON object. */
    record Call(String id, String name, String arguments) {}

    /** Why it ended. */
    enum Stop {
        END,
        LENGTH,
        TOOLS
    }

    static Said text(String text) {
        return new Said(null, text, List.of(), Stop.END, 12, 100, 5, 0);
    }

    /** A text in three pieces, cut where no reader expects it. */
    List<String> pieces(String whole) {
        int third = Math.max(1, whole.length() / 3);
        return whole.length() < 3
                ? List.of(whole)
                : List.of(whole.substring(0, third), whole.substring(third, 2 * third), whole.substring(2 * third));
    }
}
