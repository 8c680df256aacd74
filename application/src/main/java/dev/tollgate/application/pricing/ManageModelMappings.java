package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import java.util.List;
import java.util.Optional;

/** Use case: keep what callers' names lead to. */
public interface ManageModelMappings {
    /** All of them, in the order they are tried. */
    List<ModelMapping> all();

    Optional<ModelMapping> find(ModelMappingId id);

    ModelMapping create(String pattern, String target, int priority, boolean enabled);

    /** @return whether there is such a mapping */
    boolean replace(ModelMapping mapping);

    boolean remove(ModelMappingId id);
}
