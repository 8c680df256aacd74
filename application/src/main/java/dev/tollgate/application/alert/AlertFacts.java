package dev.tollgate.application.alert;

import dev.tollgate.domain.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an alert says, written as a JSON object, fact by fact in the order they are given. */
public final class AlertFacts {
    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder json = new StringBuilder("{");

    public AlertFacts with(String name, @Nullable String text) {
        return raw(name, text == null ? "null" : quoted(text));
    }

    public AlertFacts with(String name, long number) {
        return raw(name, Long.toString(number));
    }

    /** Dollars, as everywhere a text. */
    public AlertFacts with(String name, Money money) {
        return with(name, money.text());
    }

    public AlertFacts with(String name, @Nullable Instant instant) {
        return with(name, instant == null ? null : instant.toString());
    }

    /** A JSON value as it stands. */
    AlertFacts raw(String name, String value) {
        json.append(json.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value);
        return this;
    }

    /** The whole object, in one line. */
    public String json() {
        return json + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append(unit);
            } else if (isPlain(unit)) {
                quoted.append(unit);
            } else {
                quoted.append("\\u")
                        .append(Character.forDigit(unit >> 12, 16))
                        .append(Character.forDigit(unit >> 8 & 15, 16))
                        .append(Character.forDigit(unit >> 4 & 15, 16))
                        .append(Character.forDigit(unit & 15, 16));
            }
        }
        return quoted.append('"').toString();
    }

    /** What some reader may take for the end of a line, or half of a character, is written by its number. */
    private static boolean isPlain(char unit) {
        boolean isControl = unit < FIRST_PRINTABLE || Character.isISOControl(unit);
        return !isControl && unit != '\u2028' && unit != '\u2029' && !Character.isSurrogate(unit);
    }
}
