package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.pricing.CachedPriceBook;
import dev.tollgate.application.pricing.ImportPricesService;
import dev.tollgate.application.pricing.ManageModelMappings;
import dev.tollgate.application.pricing.ManageModelMappingsService;
import dev.tollgate.application.pricing.ManageModels;
import dev.tollgate.application.pricing.ManageModelsService;
import dev.tollgate.application.pricing.ModelMappings;
import dev.tollgate.application.pricing.Models;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.pricing.PriceListReader;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The price list: kept, looked up, imported. */
@Factory
final class PricingWiring {
    @Singleton
    PriceBook priceBook(Models models, ModelMappings mappings, Changes changes, InstantSource clock) {
        return new CachedPriceBook(models, mappings, changes, clock);
    }

    @Singleton
    ManageModels manageModels(Models models, Ids ids, InstantSource clock) {
        return new ManageModelsService(models, ids, clock);
    }

    @Singleton
    ImportPricesService importPrices(Models models, PriceListReader reader, Ids ids, InstantSource clock) {
        return new ImportPricesService(models, reader, ids, clock);
    }

    @Singleton
    ManageModelMappings manageModelMappings(ModelMappings mappings, Ids ids) {
        return new ManageModelMappingsService(mappings, ids);
    }
}
