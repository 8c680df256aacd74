package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import java.util.List;

/** The stored model mappings. */
public interface ModelMappings {
    /** All of them, in the order they are tried. */
    List<ModelMapping> all();

    /** Adds a mapping or replaces the one with its id. */
    void put(ModelMapping mapping);

    void remove(ModelMappingId id);
}
