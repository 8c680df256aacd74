package dev.tollgate.persistence.prices;

import dev.tollgate.application.pricing.EntryFields;
import dev.tollgate.application.pricing.Fields;
import dev.tollgate.application.pricing.PriceEntry;
import dev.tollgate.application.pricing.PriceList;
import dev.tollgate.application.pricing.PriceListReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of {@code model_prices_and_context_window.json}: one object of model names, costs in dollars a unit. The
 * list is partial: what an entry leaves out it does not know.
 */
final class UsualShape {
    private static final String SAMPLE = "sample_spec";
    private static final Set<String> MODES = Set.of(
            "chat",
            "responses",
            "completion",
            "embedding",
            "image_generation",
            "audio_transcription",
            "audio_speech",
            "moderation");

    private final List<PriceList.Skipped> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Map<String, @Nullable Object>> entries = new LinkedHashMap<>();

    private UsualShape() {}

    static PriceList read(Map<String, @Nullable Object> root) {
        UsualShape shape = new UsualShape();
        root.forEach(shape::readEntry);
        if (shape.entries.isEmpty() && shape.skipped.isEmpty()) {
            throw new PriceListReader.Unreadable("the file has neither \"models\" nor entries with costs");
        }
        return new PriceList(true, shape.named(), shape.skipped, shape.notes);
    }

    private void readEntry(String name, @Nullable Object value) {
        if (name.equals(SAMPLE)) {
            return;
        }
        UsualEntry entry = value instanceof Map<?, ?> fields ? new UsualEntry(fields) : null;
        if (entry == null || !entry.hasCosts()) {
            throw new PriceListReader.Unreadable("\"" + name + "\" is not an entry with costs");
        }
        if (!MODES.contains(entry.mode())) {
            skip(name, "the relay does not carry " + entry.mode());
        } else if (entry.isTiered()) {
            skip(name, "has stepped prices by ranges, which are not known here");
        } else {
            take(name, entry);
        }
    }

    private void take(String name, UsualEntry entry) {
        try {
            Map<String, @Nullable Object> fields = entry.fields(note -> notes.add(name + ": " + note));
            fields.put("name", name);
            entries.put(name, exactFactors(name, fields));
        } catch (ArithmeticException beyond) {
            skip(name, String.valueOf(beyond.getMessage()));
        }
    }

    /** Factors that make any price finer than a pico are left out: the entry is worth more than they are. */
    private Map<String, @Nullable Object> exactFactors(String name, Map<String, @Nullable Object> fields) {
        boolean inexact = EntryFields.read(Fields.of(fields)) instanceof PriceEntry.Reading.Invalid invalid
                && invalid.errors().stream().allMatch(error -> error.field().startsWith("tiers"));
        if (inexact) {
            notes.add(name + ": its factors make prices finer than a pico-dollar and are left out");
            fields.remove("tiers");
            fields.remove("geo");
        }
        return fields;
    }

    /**
     * Names with a provider before a slash become the bare name, or an alias of it where the prices are equal; where
     * they differ each stays an entry under its full name.
     */
    private List<Fields> named() {
        Map<String, List<String>> byBareName = entries.keySet().stream()
                .collect(Collectors.groupingBy(UsualShape::bare, LinkedHashMap::new, Collectors.toList()));
        List<Fields> named = new ArrayList<>();
        byBareName.forEach((bare, names) -> {
            String first = names.contains(bare) ? bare : names.getFirst();
            Map<String, @Nullable Object> model = entries.getOrDefault(first, Map.of());
            List<String> aliases = names.stream()
                    .filter(name -> !name.equals(bare) && samePrices(entries.getOrDefault(name, Map.of()), model))
                    .toList();
            named.add(Fields.of(with(with(model, "name", bare), "aliases", aliases)));
            names.stream()
                    .filter(name -> !name.equals(bare) && !aliases.contains(name))
                    .forEach(name -> named.add(Fields.of(entries.getOrDefault(name, Map.of()))));
        });
        return named;
    }

    private static boolean samePrices(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        return with(one, "name", "").equals(with(other, "name", ""));
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private void skip(String name, String reason) {
        skipped.add(new PriceList.Skipped(name, reason));
    }
}
