package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.PriceSheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entries of a price list to fields and back. */
public final class EntryFields {
    private EntryFields() {}

    /** Every field of an entry, absent ones null, in the order they are shown. */
    public static Fields of(Model model, PriceSheet sheet, @Nullable Instant effectiveFrom) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", model.name());
        fields.put("platform", model.platform());
        fields.put("aliases", model.aliases().stream().sorted().toList());
        fields.put("enabled", model.enabled());
        fields.putAll(SheetFields.of(sheet).values());
        fields.put("context_window", model.contextWindow());
        fields.put("max_output_tokens", model.maxOutputTokens());
        fields.put("effective_from", effectiveFrom == null ? null : effectiveFrom.toString());
        return new Fields(fields);
    }

    public static PriceEntry.Reading read(Fields fields) {
        List<FieldError> errors = new ArrayList<>();
        FieldReader reader = new FieldReader(fields, errors);
        String name = required(reader, "name");
        String platform = required(reader, "platform");
        Set<String> aliases = reader.texts("aliases");
        boolean enabled = reader.flag("enabled", true);
        Long contextWindow = reader.count("context_window");
        Long maxOutputTokens = reader.count("max_output_tokens");
        Instant effectiveFrom = reader.instant("effective_from");
        PriceSheet sheet = SheetFields.read(reader, errors);
        reader.refuseOthers();
        if (name != null && aliases.contains(name)) {
            reader.refuse("aliases", "must not hold the name itself");
        }
        if (name == null || platform == null || sheet == null || !errors.isEmpty()) {
            return new PriceEntry.Reading.Invalid(errors);
        }
        return new PriceEntry.Reading.Read(
                new PriceEntry(name, platform, aliases, enabled, contextWindow, maxOutputTokens, sheet, effectiveFrom));
    }

    private static @Nullable String required(FieldReader reader, String name) {
        String text = reader.text(name);
        if (text == null) {
            reader.refuse(name, "must be given");
        }
        return text;
    }
}
