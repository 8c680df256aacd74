package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the price list: an edit of prices adds a version and never touches one. */
public final class ManageModelsService implements ManageModels {
    private static final String EFFECTIVE_FROM = "effective_from";

    private final Models models;
    private final Ids ids;
    private final InstantSource clock;

    public ManageModelsService(Models models, Ids ids, InstantSource clock) {
        this.models = models;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<PricedModel> all() {
        return models.all();
    }

    @Override
    public Optional<PricedModel> find(ModelId id) {
        return models.all().stream()
                .filter(priced -> priced.model().id().equals(id))
                .findFirst();
    }

    @Override
    public ModelOutcome create(Fields fields) {
        return switch (EntryFields.read(fields)) {
            case PriceEntry.Reading.Invalid invalid -> new ModelOutcome.Invalid(invalid.errors());
            case PriceEntry.Reading.Read read ->
                save(new ModelId(ids.next()), read.entry(), new PriceHistory(List.of()), null);
        };
    }

    @Override
    public ModelOutcome change(ModelId id, Fields fields) {
        Optional<PricedModel> found = find(id);
        if (found.isEmpty()) {
            return new ModelOutcome.NotFound();
        }
        PricedModel priced = found.get();
        PriceSheet base = baseOf(priced, fields);
        Fields merged = EntryFields.of(priced.model(), base, null).overlaid(fields);
        return switch (EntryFields.read(merged)) {
            case PriceEntry.Reading.Invalid invalid -> new ModelOutcome.Invalid(invalid.errors());
            case PriceEntry.Reading.Read read -> save(id, read.entry(), priced.history(), base);
        };
    }

    @Override
    public boolean remove(ModelId id) {
        boolean known = find(id).isPresent();
        if (known) {
            models.apply(List.of(new Models.Edit.Remove(id))).ifPresent(name -> {
                throw new IllegalStateException("a removal needs no name: " + name);
            });
        }
        return known;
    }

    @Override
    public Optional<List<PriceVersion>> history(ModelId id) {
        return find(id).map(priced -> priced.history().versions().reversed());
    }

    @Override
    public Fields show(PricedModel priced) {
        PriceVersion version = PriceVersions.current(priced.history(), clock.instant());
        return EntryFields.of(priced.model(), version.sheet(), version.effectiveFrom());
    }

    /** The prices an edit starts from: those in force when it begins to hold. */
    private PriceSheet baseOf(PricedModel priced, Fields fields) {
        Instant from = fields.get(EFFECTIVE_FROM) == null
                ? null
                : new FieldReader(fields, new ArrayList<>()).instant(EFFECTIVE_FROM);
        return PriceVersions.current(priced.history(), from == null ? clock.instant() : from)
                .sheet();
    }

    private ModelOutcome save(ModelId id, PriceEntry entry, PriceHistory history, @Nullable PriceSheet base) {
        Optional<Instant> from = EffectiveFrom.of(entry.effectiveFrom(), clock.instant());
        if (from.isEmpty()) {
            return new ModelOutcome.Invalid(List.of(
                    new FieldError(EFFECTIVE_FROM, "must not lie in the past: versions in force never change")));
        }
        Model model = entry.model(id);
        PriceVersion added = entry.sheet().equals(base)
                ? null
                : new PriceVersion(new PriceVersionId(ids.next()), model.name(), from.get(), entry.sheet());
        Optional<String> taken = models.apply(List.of(new Models.Edit.Put(model, added)));
        return taken.isPresent()
                ? new ModelOutcome.NameTaken(taken.get())
                : new ModelOutcome.Saved(new PricedModel(model, PriceVersions.with(history, added)));
    }
}
