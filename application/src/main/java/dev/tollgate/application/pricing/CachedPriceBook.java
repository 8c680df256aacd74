package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Snapshot;
import dev.tollgate.domain.pricing.Catalog;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The price list in memory, loaded again whenever a model or a mapping is edited. */
public final class CachedPriceBook implements PriceBook {
    private final Models models;
    private final InstantSource clock;
    private final Snapshot<Pages> snapshot;

    public CachedPriceBook(Models models, ModelMappings mappings, Changes changes, InstantSource clock) {
        this.models = models;
        this.clock = clock;
        this.snapshot = new Snapshot<>(
                () -> Pages.of(models.all(), mappings.all()),
                changes,
                Set.of(Changes.Kind.MODEL, Changes.Kind.MODEL_MAPPING),
                clock);
    }

    @Override
    public Optional<Priced> find(String asked, Instant at) {
        Catalog catalog = snapshot.get().catalog();
        return catalog.find(asked)
                .flatMap(priced -> priced.history()
                        .at(at)
                        .map(version -> new Priced(priced.model(), version, catalog.wanted(asked))));
    }

    @Override
    public @Nullable PriceSheet sheet(String model, Instant at) {
        return snapshot.get()
                .catalog()
                .named(model)
                .flatMap(priced -> priced.history().at(at))
                .map(PriceVersion::sheet)
                .orElse(null);
    }

    @Override
    public Optional<PriceVersion> version(PriceVersionId id) {
        if (id.equals(FREE_VERSION)) {
            return Optional.of(PriceBook.freeVersion("")); // whichever name was asked for
        }
        PriceVersion known = snapshot.get().versions().get(id);
        return known != null ? Optional.of(known) : models.version(id);
    }

    @Override
    public List<Model> models() {
        Instant now = clock.instant();
        return snapshot.get()
                .catalog()
                .models()
                .filter(priced ->
                        priced.model().enabled() && priced.history().at(now).isPresent())
                .map(PricedModel::model)
                .sorted(Comparator.comparing(Model::name))
                .toList();
    }

    private record Pages(Catalog catalog, Map<PriceVersionId, PriceVersion> versions) {
        static Pages of(List<PricedModel> all, List<ModelMapping> mappings) {
            return new Pages(
                    new Catalog(all, mappings),
                    all.stream()
                            .flatMap(priced -> priced.history().versions().stream())
                            .collect(Collectors.toUnmodifiableMap(PriceVersion::id, Function.identity())));
        }
    }
}
