package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads fields one by one and keeps what is wrong with them; what is wrong reads as absent. */
final class FieldReader {
    private static final int TEXT_LENGTH_MAX = 200;

    /** No exponents: expanding one could take all memory. */
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");

    private static final int ITEMS_MAX = 200;

    private final Map<String, @Nullable Object> values;
    private final String prefix;
    private final List<FieldError> errors;
    private final Set<String> asked = new LinkedHashSet<>();

    FieldReader(Fields fields, List<FieldError> errors) {
        this(fields.values(), "", errors);
    }

    private FieldReader(Map<String, @Nullable Object> values, String prefix, List<FieldError> errors) {
        this.values = values;
        this.prefix = prefix;
        this.errors = errors;
    }

    @Nullable
    String text(String name) {
        return switch (value(name)) {
            case null -> null;
            case String text when isName(text) -> text;
            default -> {
                wrong(name, "a text of 1 to " + TEXT_LENGTH_MAX + " characters without spaces around it");
                yield null;
            }
        };
    }

    boolean flag(String name, boolean absent) {
        return switch (value(name)) {
            case null -> absent;
            case Boolean flag -> flag;
            default -> {
                wrong(name, "true or false");
                yield absent;
            }
        };
    }

    /** A positive whole number. */
    @Nullable
    Long count(String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        Long count = value instanceof Number number ? whole(number) : null;
        if (count == null || count <= 0) {
            wrong(name, "a whole number above 0");
            return null;
        }
        return count;
    }

    @Nullable
    Instant instant(String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(String.valueOf(value)).toInstant();
        } catch (DateTimeException unreadable) {
            wrong(name, "an ISO-8601 instant with an offset");
            return null;
        }
    }

    Set<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>();
        switch (value(name)) {
            case null -> {}
            case List<?> items
            when items.size() <= ITEMS_MAX && items.stream().allMatch(FieldReader::isName) ->
                items.forEach(item -> texts.add(String.valueOf(item)));
            default -> wrong(name, "a list of at most " + ITEMS_MAX + " texts");
        }
        return texts;
    }

    /** A decimal string, made into a value that refuses what is too fine or out of range. */
    <T> @Nullable T decimal(String name, Function<BigDecimal, T> value) {
        return converted(name, value(name), value);
    }

    /** Decimal strings by name. */
    <T> Map<String, T> decimals(String name, Function<BigDecimal, T> value) {
        Map<String, T> read = new LinkedHashMap<>();
        switch (value(name)) {
            case null -> {}
            case Map<?, ?> entries
            when entries.size() <= ITEMS_MAX ->
                entries.forEach((key, text) -> {
                    T converted = converted(name + "." + key, text, value);
                    if (converted != null) {
                        read.put(String.valueOf(key), converted);
                    }
                });
            default -> wrong(name, "an object of at most " + ITEMS_MAX + " decimal strings");
        }
        return read;
    }

    /** A reader of the object under a name, null where there is none. */
    @Nullable
    FieldReader object(String name) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        switch (value(name)) {
            case null -> {
                return null;
            }
            case Map<?, ?> entries -> entries.forEach((key, value) -> inner.put(String.valueOf(key), value));
            default -> {
                wrong(name, "an object");
                return null;
            }
        }
        return new FieldReader(inner, prefix + name + ".", errors);
    }

    /** Reports every field that nobody asked for. */
    void refuseOthers() {
        values.keySet().stream().filter(name -> !asked.contains(name)).forEach(name -> refuse(name, "is not known"));
    }

    void refuse(String name, String message) {
        errors.add(new FieldError(prefix + name, message));
    }

    private @Nullable Object value(String name) {
        asked.add(name);
        return values.get(name);
    }

    private <T> @Nullable T converted(String name, @Nullable Object text, Function<BigDecimal, T> value) {
        if (text == null) {
            return null;
        }
        if (!(text instanceof String decimal) || !DECIMAL.matcher(decimal).matches()) {
            wrong(name, "a decimal string");
            return null;
        }
        try {
            return value.apply(new BigDecimal(decimal));
        } catch (ArithmeticException tooFine) {
            wrong(name, "a price of whole pico-dollars, within range");
            return null;
        } catch (IllegalArgumentException outOfRange) {
            refuse(name, String.valueOf(outOfRange.getMessage()));
            return null;
        }
    }

    private static boolean isName(@Nullable Object value) {
        return value instanceof String text
                && !text.isEmpty()
                && text.length() <= TEXT_LENGTH_MAX
                && text.strip().equals(text);
    }

    private static @Nullable Long whole(Number number) {
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return null;
        }
    }

    private void wrong(String name, String expected) {
        refuse(name, "must be " + expected);
    }
}
