package dev.tollgate.application.relay;

import java.util.List;
import java.util.regex.Pattern;

/** The fields that were left out of a request, as one header's value: their names are the caller's own text. */
final class DroppedFields {
    private static final int NAMES_MAX = 50;
    private static final int NAME_MAX = 64;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.\\[\\]-]+");

    private DroppedFields() {}

    /** Each name once, in order; one that is no plain name is told as {@code ?}. */
    static String text(List<String> fields) {
        return String.join(
                ", ",
                fields.stream()
                        .map(DroppedFields::plain)
                        .distinct()
                        .limit(NAMES_MAX)
                        .toList());
    }

    private static String plain(String field) {
        boolean isPlain = field.length() <= NAME_MAX && PLAIN.matcher(field).matches();
        return isPlain ? field : "?";
    }
}
