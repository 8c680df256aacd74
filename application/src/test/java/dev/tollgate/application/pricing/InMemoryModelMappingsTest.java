package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.InMemoryChanges;

class InMemoryModelMappingsTest extends ModelMappingsContract {
    @Override
    protected ModelMappings mappings() {
        return new InMemoryModelMappings(new InMemoryChanges());
    }
}
