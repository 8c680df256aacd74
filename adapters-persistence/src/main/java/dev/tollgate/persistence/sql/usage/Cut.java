package dev.tollgate.persistence.sql.usage;

import org.jspecify.annotations.Nullable;

/**
 * Texts as long as their columns at most: servers refuse a longer one, and with it the whole record. Columns count
 * characters, Java a rare one as two, so what fits here fits there.
 */
final class Cut {
    /** {@code requested_model}, {@code model} and {@code upstream_model}, in records, attempts and sums. */
    static final int MODEL_MAX = 191;

    private Cut() {}

    /** The text, or its beginning that fits; a character is never cut in two. */
    static String to(int lengthMax, String text) {
        if (text.length() <= lengthMax) {
            return text;
        }
        boolean isInTwo = Character.isHighSurrogate(text.charAt(lengthMax - 1))
                && Character.isLowSurrogate(text.charAt(lengthMax));
        return text.substring(0, isInTwo ? lengthMax - 1 : lengthMax);
    }

    static @Nullable String orNull(int lengthMax, @Nullable String text) {
        return text == null ? null : to(lengthMax, text);
    }
}
