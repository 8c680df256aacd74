package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A price list in memory. */
public final class InMemoryModels implements Models {
    private final InMemoryChanges changes;
    private Map<ModelId, PricedModel> models = new HashMap<>();
    private final Map<PriceVersionId, PriceVersion> versions = new HashMap<>();

    public InMemoryModels(InMemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public synchronized List<PricedModel> all() {
        return models.values().stream()
                .sorted(Comparator.comparing(priced -> priced.model().name()))
                .toList();
    }

    @Override
    public synchronized Optional<PriceVersion> version(PriceVersionId id) {
        return Optional.ofNullable(versions.get(id));
    }

    @Override
    public Optional<String> apply(List<Edit> edits) {
        Optional<String> taken = applied(edits);
        if (taken.isEmpty()) {
            changes.changed(Changes.Kind.MODEL, 0);
        }
        return taken;
    }

    private synchronized Optional<String> applied(List<Edit> edits) {
        Map<ModelId, PricedModel> edited = new HashMap<>(models);
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.Put put -> put(edited, put);
                case Edit.Remove remove -> edited.remove(remove.id());
            }
        }
        Optional<String> taken = twice(edited);
        if (taken.isEmpty()) {
            models = edited;
            edited.values().forEach(priced -> priced.history().versions().forEach(v -> versions.put(v.id(), v)));
        }
        return taken;
    }

    private static void put(Map<ModelId, PricedModel> edited, Edit.Put put) {
        Model model = put.model();
        PricedModel before = edited.get(model.id());
        PriceHistory history = before == null ? new PriceHistory(List.of()) : before.history();
        edited.put(model.id(), new PricedModel(model, PriceVersions.with(history, put.added())));
    }

    private static Optional<String> twice(Map<ModelId, PricedModel> edited) {
        Set<String> seen = new HashSet<>();
        for (PricedModel priced : edited.values()) {
            Set<String> names = new TreeSet<>(priced.model().aliases());
            names.add(priced.model().name());
            for (String name : names) {
                if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }
}
