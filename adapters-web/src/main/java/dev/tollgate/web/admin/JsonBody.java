package dev.tollgate.web.admin;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.web.admin.Envelope.FieldError;
import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read as declared fields: asking for a field declares it, and {@link #check()} refuses the whole body,
 * with every error at once, if a declared field is wrong or another one is there.
 *
 * <p>A blank text counts as null.
 */
public final class JsonBody {
    private static final int DECIMAL_LENGTH_MAX = 40;
    private static final long ID_MAX = (1L << 53) - 1;
    private static final int LIST_MAX = 1000;

    private final JsonNode object;
    private final String prefix;
    private final Set<String> declared = new HashSet<>();
    private final List<FieldError> errors;

    private JsonBody(JsonNode object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** Reads a request's body; one that is not an object is refused at once. */
    public static JsonBody of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ApiFailure.invalid("", "the body must be a JSON object");
        }
        return new JsonBody(body, "", new ArrayList<>());
    }

    public Given<String> text(String name, int lengthMax) {
        return parsed(
                name, "must be a text of at most " + lengthMax + " characters", node -> shortText(node, lengthMax));
    }

    public Given<Boolean> flag(String name) {
        return parsed(name, "must be true or false", node -> node.isBoolean() ? node.getBooleanValue() : null);
    }

    public Given<Long> number(String name, long least, long most) {
        return parsed(name, "must be a whole number from " + least + " to " + most, node -> whole(node, least, most));
    }

    public Given<Integer> integer(String name, int least, int most) {
        return parsed(name, "must be a whole number from " + least + " to " + most, node -> {
            Long number = whole(node, least, most);
            return number == null ? null : Math.toIntExact(number);
        });
    }

    /** An amount of dollars that is not negative. */
    public Given<Money> money(String name) {
        return parsed(name, "must be dollars, such as \"12.50\", not negative, at most nine decimals", node -> {
            Money money = dollars(node);
            return money == null || money.isNegative() ? null : money;
        });
    }

    /** An amount of dollars of either sign. */
    public Given<Money> signedMoney(String name) {
        return parsed(name, "must be dollars, such as \"12.50\", at most nine decimals", JsonBody::dollars);
    }

    public Given<Multiplier> multiplier(String name) {
        return parsed(name, "must be from 0 to 1000, at most six decimals", node -> {
            BigDecimal factor = decimalOrNull(node);
            return factor == null ? null : Multiplier.of(factor);
        });
    }

    /** An exact decimal number, as a text or a JSON number. */
    public Given<BigDecimal> decimal(String name) {
        return parsed(name, "must be a decimal number", JsonBody::decimalOrNull);
    }

    public Given<Instant> instant(String name) {
        return parsed(
                name,
                "must be a time with its offset, such as 2026-01-31T00:00:00Z",
                node -> node.isString()
                        ? OffsetDateTime.parse(node.getStringValue()).toInstant()
                        : null);
    }

    public Given<ZoneId> zone(String name) {
        return parsed(
                name,
                "must be a time zone, such as Europe/Berlin",
                node -> node.isString() ? ZoneId.of(node.getStringValue()) : null);
    }

    /** An enum constant by its name in lower case. */
    public <E extends Enum<E>> Given<E> choice(String name, Class<E> type) {
        Map<String, E> choices = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        choice -> choice.name().toLowerCase(Locale.ROOT),
                        choice -> choice,
                        (a, b) -> a,
                        LinkedHashMap::new));
        return choice(name, choices);
    }

    /** One of some named things. */
    public <T> Given<T> choice(String name, Map<String, T> choices) {
        return parsed(
                name,
                "must be one of " + String.join(", ", choices.keySet()),
                node -> node.isString() ? choices.get(node.getStringValue()) : null);
    }

    public Given<Long> id(String name) {
        return parsed(name, "must be an id", node -> whole(node, 1, ID_MAX));
    }

    public Given<Set<Long>> ids(String name) {
        return list(name, "must be a list of ids", node -> whole(node, 1, ID_MAX));
    }

    public Given<Set<String>> texts(String name, int lengthMax) {
        return list(
                name,
                "must be a list of texts of at most " + lengthMax + " characters",
                node -> shortText(node, lengthMax));
    }

    /** A list of things, each from a node; no duplicates, in the order given. */
    public <T> Given<Set<T>> list(String name, String expectation, Reading<T> reading) {
        return parsed(name, expectation, node -> {
            if (!node.isArray() || node.size() > LIST_MAX) {
                return null;
            }
            Set<T> items = new LinkedHashSet<>();
            for (JsonNode item : node.values()) {
                T read = reading.of(item);
                if (read == null) {
                    return null;
                }
                items.add(read);
            }
            return items;
        });
    }

    /** An object of texts. */
    public Given<Map<String, String>> textsByName(String name, int lengthMax) {
        return parsed(name, "must be an object of texts of at most " + lengthMax + " characters", node -> {
            if (!node.isObject() || node.size() > LIST_MAX) {
                return null;
            }
            Map<String, String> texts = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.entries()) {
                String text = shortText(entry.getValue(), lengthMax);
                if (text == null) {
                    return null;
                }
                texts.put(entry.getKey(), text);
            }
            return texts;
        });
    }

    /** An object inside, whose fields are declared in turn and checked with this one. */
    public Given<JsonBody> object(String name) {
        return parsed(
                name,
                "must be an object",
                node -> node.isObject() ? new JsonBody(node, prefix + name + ".", errors) : null);
    }

    /** A value of any shape; {@code reading} gives null or throws for a wrong one. */
    public <T> Given<T> parsed(String name, String expectation, Reading<T> reading) {
        declared.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            return new Given<>(false, null, message -> wrong(name, message));
        }
        if (node.isNull() || isBlank(node)) {
            return new Given<>(true, null, message -> wrong(name, message));
        }
        T value = read(node, reading);
        if (value == null) {
            wrong(name, expectation);
        }
        return new Given<>(true, value, message -> {});
    }

    /** Notes an error that only several fields together make. */
    public void wrong(String name, String message) {
        errors.add(new FieldError(prefix + name, message));
    }

    /** Notes fields of this object that nobody declared. */
    public void refuseOthers() {
        for (Map.Entry<String, JsonNode> entry : object.entries()) {
            if (declared.add(entry.getKey())) {
                wrong(entry.getKey(), "is not a field that can be set here");
            }
        }
    }

    /** Refuses the body if anything was wrong. */
    public void check() {
        refuseOthers();
        if (!errors.isEmpty()) {
            throw ApiFailure.invalid(errors);
        }
    }

    private static <T> @Nullable T read(JsonNode node, Reading<T> reading) {
        try {
            return reading.of(node);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException refused) {
            return null;
        }
    }

    private static boolean isBlank(JsonNode node) {
        return node.isString() && node.getStringValue().isBlank();
    }

    private static @Nullable String shortText(JsonNode node, int lengthMax) {
        if (!node.isString() || node.getStringValue().length() > lengthMax) {
            return null;
        }
        String text = node.getStringValue();
        return text.chars().anyMatch(Character::isISOControl) ? null : text;
    }

    private static @Nullable Long whole(JsonNode node, long least, long most) {
        if (!node.isNumber()) {
            return null;
        }
        long number = node.getBigDecimalValue().longValueExact();
        return number < least || number > most ? null : number;
    }

    private static @Nullable Money dollars(JsonNode node) {
        BigDecimal dollars = decimalOrNull(node);
        if (dollars == null) {
            return null;
        }
        Money money = Money.ofDollars(dollars);
        boolean tooMuch = money.compareTo(Money.LIMIT_MAX) > 0 || money.compareTo(Money.LIMIT_MAX.negated()) < 0;
        return tooMuch ? null : money;
    }

    private static @Nullable BigDecimal decimalOrNull(JsonNode node) {
        String text = node.isString() || node.isNumber() ? node.coerceStringValue() : "";
        if (text.isEmpty() || text.length() > DECIMAL_LENGTH_MAX) {
            return null;
        }
        BigDecimal decimal = new BigDecimal(text);
        return Math.abs((long) decimal.scale()) > DECIMAL_LENGTH_MAX ? null : decimal;
    }

    /** Reads a node; null or an exception if it is not what it should be. */
    public interface Reading<T> {
        @Nullable
        T of(JsonNode node);
    }
}
