package dev.tollgate.web.admin.pricing;

import dev.tollgate.application.pricing.ImportPrices;
import io.micronaut.serde.annotation.Serdeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a price list differs from the one in force, as it is shown. */
@Serdeable
public record ImportView(
        boolean applied,
        List<String> added,
        List<ChangedView> changed,
        List<String> unchanged,
        List<SkippedView> skipped,
        List<String> notes) {
    static ImportView from(ImportPrices.Comparison comparison) {
        return new ImportView(
                comparison.applied(),
                comparison.added(),
                comparison.changed().stream().map(ChangedView::from).toList(),
                comparison.unchanged(),
                comparison.skipped().stream()
                        .map(skipped -> new SkippedView(skipped.name(), skipped.reason()))
                        .toList(),
                comparison.notes());
    }

    /** A model with its fields before and after. */
    @Serdeable
    public record ChangedView(String name, Map<String, FromTo> fields) {
        static ChangedView from(ImportPrices.Changed changed) {
            Map<String, FromTo> fields = new LinkedHashMap<>();
            changed.fields().forEach(field -> fields.put(field.field(), new FromTo(field.from(), field.to())));
            return new ChangedView(changed.name(), fields);
        }
    }

    /** A field before and after. */
    @Serdeable
    public record FromTo(@Nullable Object from, @Nullable Object to) {}

    /** An entry that is left out. */
    @Serdeable
    public record SkippedView(String name, String reason) {}
}
