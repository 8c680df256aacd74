package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Model mappings in memory. */
public final class InMemoryModelMappings implements ModelMappings {
    private final InMemoryChanges changes;
    private final Map<ModelMappingId, ModelMapping> mappings = new ConcurrentHashMap<>();

    public InMemoryModelMappings(InMemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public List<ModelMapping> all() {
        return mappings.values().stream()
                .sorted(Comparator.comparingInt(ModelMapping::priority)
                        .thenComparingLong(mapping -> mapping.id().value()))
                .toList();
    }

    @Override
    public void put(ModelMapping mapping) {
        mappings.put(mapping.id(), mapping);
        changes.changed(Changes.Kind.MODEL_MAPPING, mapping.id().value());
    }

    @Override
    public void remove(ModelMappingId id) {
        mappings.remove(id);
        changes.changed(Changes.Kind.MODEL_MAPPING, id.value());
    }
}
