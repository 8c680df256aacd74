package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.InMemoryChanges;

class InMemoryModelsTest extends ModelsContract {
    @Override
    protected Models models() {
        return new InMemoryModels(new InMemoryChanges());
    }
}
