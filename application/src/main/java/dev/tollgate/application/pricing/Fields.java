package dev.tollgate.application.pricing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a price list as it is written: names to texts, whole numbers, booleans, lists and further such maps; null
 * stands for absent. The same names serve the admin API, price files and the database.
 */
public record Fields(Map<String, @Nullable Object> values) {
    public Fields {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same as the constructor, whose parameter's nullness compilers of other modules do not see. */
    public static Fields of(Map<String, @Nullable Object> values) {
        return new Fields(values);
    }

    /** These fields with the other's in place of their own; one that is null there becomes absent. */
    public Fields overlaid(Fields others) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(values);
        merged.putAll(others.values);
        return new Fields(merged);
    }

    public Fields without(String name) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(values);
        kept.remove(name);
        return new Fields(kept);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public @Nullable Object get(String name) {
        return values.get(name);
    }
}
