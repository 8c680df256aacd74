package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PricedModel;
import java.util.List;
import java.util.Optional;

/** Use case: keep the price list. */
public interface ManageModels {
    /** Every model, by name. */
    List<PricedModel> all();

    Optional<PricedModel> find(ModelId id);

    ModelOutcome create(Fields fields);

    /**
     * Changes the fields given. Other prices are a new version, from {@code effective_from} or now on; it starts from
     * the prices in force then. Versions in force never change.
     */
    ModelOutcome change(ModelId id, Fields fields);

    /** Takes a model off the list; its versions stay for the records that name them. */
    boolean remove(ModelId id);

    /** The versions of a model's prices, latest first. */
    Optional<List<PriceVersion>> history(ModelId id);

    /** A model as the list shows it now: the prices in force, or the first that will be. */
    Fields show(PricedModel model);
}
