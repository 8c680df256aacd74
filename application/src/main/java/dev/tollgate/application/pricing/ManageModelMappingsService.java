package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import java.util.List;
import java.util.Optional;

/** Keeps what callers' names lead to. */
public final class ManageModelMappingsService implements ManageModelMappings {
    private final ModelMappings mappings;
    private final Ids ids;

    public ManageModelMappingsService(ModelMappings mappings, Ids ids) {
        this.mappings = mappings;
        this.ids = ids;
    }

    @Override
    public List<ModelMapping> all() {
        return mappings.all();
    }

    @Override
    public Optional<ModelMapping> find(ModelMappingId id) {
        return mappings.all().stream()
                .filter(mapping -> mapping.id().equals(id))
                .findFirst();
    }

    @Override
    public ModelMapping create(String pattern, String target, int priority, boolean enabled) {
        ModelMapping mapping = new ModelMapping(new ModelMappingId(ids.next()), pattern, target, priority, enabled);
        mappings.put(mapping);
        return mapping;
    }

    @Override
    public boolean replace(ModelMapping mapping) {
        boolean known = find(mapping.id()).isPresent();
        if (known) {
            mappings.put(mapping);
        }
        return known;
    }

    @Override
    public boolean remove(ModelMappingId id) {
        boolean known = find(id).isPresent();
        mappings.remove(id);
        return known;
    }
}
