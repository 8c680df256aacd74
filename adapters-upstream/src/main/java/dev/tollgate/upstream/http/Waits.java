package dev.tollgate.upstream.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ways upstreams say how long to wait. What makes no sense, or lies further off than a week, is not told. */
public final class Waits {
    private static final Duration WAIT_MAX = Duration.ofDays(7);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(ms|h|m|s)?");
    private static final Pattern IN_WORDS =
            Pattern.compile("(?i)(?:try again|retry) (?:in|after) ((?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|h|m|s) ?){1,3})");

    private Waits() {}

    /** {@code retry-after}: seconds, with a fraction where an upstream is fond of them, or an HTTP date. */
    public static @Nullable Instant retryAfter(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        if (Character.isDigit(text.charAt(0))) {
            return in(span(text, "s"), now);
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return sensible(date, now);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    /** {@code retry-after-ms}. */
    public static @Nullable Instant retryAfterMillis(@Nullable String value, Instant now) {
        return value == null ? null : in(span(value.strip(), "ms"), now);
    }

    /** A reset told as a duration: {@code 8.64s}, {@code 16ms}, {@code 6m0s}, plain seconds. */
    public static @Nullable Instant reset(@Nullable String value, Instant now) {
        return value == null ? null : in(span(value.strip(), "s"), now);
    }

    /** A reset told as an instant of RFC 3339. */
    public static @Nullable Instant instant(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        try {
            return sensible(Instant.parse(value.strip()), now);
        } catch (DateTimeException noInstant) {
            return null;
        }
    }

    /** The wait a message asks for in words: "Please try again in 174ms." */
    public static @Nullable Instant inWords(String message, Instant now) {
        String head = message.length() > 2000 ? message.substring(0, 2000) : message;
        Matcher matcher = IN_WORDS.matcher(head);
        return matcher.find() ? in(span(matcher.group(1).replace(" ", ""), "s"), now) : null;
    }

    private static @Nullable Duration span(String text, String unit) {
        Matcher matcher = SPAN.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                return null;
            }
            sum = sum.plus(part(matcher, unit));
            at = matcher.end();
        }
        return at == 0 ? null : sum;
    }

    private static Duration part(Matcher matcher, String unit) {
        long nanosPerUnit = switch ((matcher.group(3) == null ? unit : matcher.group(3)).toLowerCase(Locale.ROOT)) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
        };
        Duration whole = Duration.ofNanos(nanosPerUnit).multipliedBy(Long.parseLong(matcher.group(1)));
        String fraction = matcher.group(2) == null ? "0" : matcher.group(2);
        BigDecimal share = new BigDecimal("0." + fraction).multiply(BigDecimal.valueOf(nanosPerUnit));
        return whole.plusNanos(share.longValue());
    }

    private static @Nullable Instant in(@Nullable Duration wait, Instant now) {
        return wait == null ? null : sensible(now.plus(wait), now);
    }

    private static @Nullable Instant sensible(Instant at, Instant now) {
        return at.isAfter(now) && !at.isAfter(now.plus(WAIT_MAX)) ? at : null;
    }
}
