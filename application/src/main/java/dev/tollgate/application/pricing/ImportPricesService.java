package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PricedModel;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes over price list files, gives them out, and gives a new gateway its first one. */
public final class ImportPricesService implements ImportPrices, SeedPrices {
    private final Models models;
    private final PriceListReader reader;
    private final Ids ids;
    private final InstantSource clock;

    public ImportPricesService(Models models, PriceListReader reader, Ids ids, InstantSource clock) {
        this.models = models;
        this.reader = reader;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Result importList(byte[] file, boolean apply) {
        PriceList list;
        try {
            list = reader.read(file);
        } catch (PriceListReader.Unreadable unreadable) {
            return new Result.Unreadable(unreadable.why());
        }
        ImportPlan plan = new ImportPlan(models.all(), ids, now(), false);
        plan.compare(list);
        Optional<String> taken = apply && !plan.edits().isEmpty() ? models.apply(plan.edits()) : Optional.empty();
        return taken.<Result>map(Result.NameTaken::new)
                .orElseGet(() -> new Result.Compared(plan.comparison(apply, list.notes())));
    }

    @Override
    public Fields export() {
        Instant now = now();
        Map<String, @Nullable Object> list = new LinkedHashMap<>();
        list.put("as_of", now.toString());
        list.put("currency", "USD");
        list.put("unit", "dollars per million tokens");
        list.put(
                "models",
                models.all().stream().map(priced -> shown(priced, now)).toList());
        return new Fields(list);
    }

    @Override
    public int seed(byte[] shippedList) {
        if (!models.all().isEmpty()) {
            return 0;
        }
        PriceList list = reader.read(shippedList);
        ImportPlan plan = new ImportPlan(List.of(), ids, now(), true);
        plan.compare(list);
        boolean raced = models.apply(plan.edits()).isPresent();
        return raced ? 0 : plan.edits().size();
    }

    private static Map<String, @Nullable Object> shown(PricedModel priced, Instant now) {
        PriceVersion version = PriceVersions.current(priced.history(), now);
        Map<String, @Nullable Object> fields =
                new LinkedHashMap<>(EntryFields.of(priced.model(), version.sheet(), version.effectiveFrom())
                        .values());
        fields.values().removeIf(ImportPricesService::isEmpty);
        return fields;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> items -> items.isEmpty();
            default -> false;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
