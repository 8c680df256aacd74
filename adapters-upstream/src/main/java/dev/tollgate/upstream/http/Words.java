package dev.tollgate.upstream.http;

import org.jspecify.annotations.Nullable;

/** Short words for operators, of bounded length. */
public final class Words {
    private static final int LENGTH_MAX = 500;

    private Words() {}

    static String of(@Nullable Throwable cause) {
        if (cause == null) {
            return "closed";
        }
        String name = cause.getClass().getSimpleName();
        return bounded(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
    }

    public static String bounded(String words) {
        return words.length() <= LENGTH_MAX ? words : words.substring(0, LENGTH_MAX);
    }
}
