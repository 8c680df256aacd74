package dev.tollgate.persistence.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How our values look in columns: money in nanos, cost in picos, multipliers in trillionths, instants as DATETIME(6) in
 * UTC cut to micros, enums in lower case, collections and maps of texts or numbers as JSON.
 */
public final class Columns {
    private static final JsonFactory JSON = new JsonFactory();

    /** A text: the driver cuts times to seconds for MariaDB 10, which it takes for a MySQL 5.5. */
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Columns() {}

    static @Nullable Object toColumn(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Money money -> money.nanos();
            case Cost cost -> cost.picos();
            case Multiplier multiplier -> multiplier.trillionths();
            case Instant instant -> MICROS.format(instant);
            case ZoneId zone -> zone.getId();
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Collection<?> items -> writeList(items);
            case Map<?, ?> entries -> writeMap(entries);
            default -> value;
        };
    }

    static List<String> readTexts(String json) {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                texts.add(parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not a JSON list in the database", e);
        }
        return texts;
    }

    static Set<Long> readNumbers(String json) {
        Set<Long> numbers = new LinkedHashSet<>();
        for (String text : readTexts(json)) {
            numbers.add(Long.valueOf(text));
        }
        return numbers;
    }

    static Map<String, String> readTextsByName(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                expect(parser.nextToken(), JsonToken.VALUE_STRING);
                texts.put(name, parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not a JSON object in the database", e);
        }
        return texts;
    }

    private static String writeList(Collection<?> items) {
        return write(generator -> {
            generator.writeStartArray();
            for (Object item : items) {
                writeItem(generator, item);
            }
            generator.writeEndArray();
        });
    }

    private static String writeMap(Map<?, ?> entries) {
        return write(generator -> {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                writeItem(generator, entry.getValue());
            }
            generator.writeEndObject();
        });
    }

    private static void writeItem(JsonGenerator generator, @Nullable Object item) throws IOException {
        switch (item) {
            case String text -> generator.writeString(text);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case null, default -> throw new IllegalArgumentException("not a text or a whole number");
        }
    }

    private static String write(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("expected " + expected);
        }
    }

    private interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }
}
