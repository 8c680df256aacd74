package dev.tollgate.application.identity;

import java.time.Duration;

/** Durations as operators write them: a whole number and a unit, {@code 50ms}, {@code 5s}, {@code 5m}, {@code 2h}, {@code 30d}. */
public final class Durations {
    private static final int DIGITS_MAX = 9;

    private Durations() {}

    public static boolean isReadable(String text) {
        String digits = digits(text);
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= DIGITS_MAX
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber
                && switch (unit(text)) {
                    case "ms", "s", "m", "h", "d" -> true;
                    default -> false;
                };
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException unless {@link #isReadable}
     */
    public static Duration of(String text) {
        if (!isReadable(text)) {
            throw new IllegalArgumentException("not a duration such as 5m: " + text);
        }
        long count = Long.parseLong(digits(text));
        return switch (unit(text)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static String unit(String text) {
        return text.substring(digits(text).length());
    }

    private static String digits(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
