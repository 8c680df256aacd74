package dev.tollgate.application.usage;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The price list of {@link Calls}: one version, by its id. */
public final class OnePrice implements PriceBook {
    @Override
    public Optional<Priced> find(String asked, Instant at) {
        return Optional.empty();
    }

    @Override
    public @Nullable PriceSheet sheet(String model, Instant at) {
        return null;
    }

    @Override
    public Optional<PriceVersion> version(PriceVersionId id) {
        return id.equals(Calls.PRICE.id()) ? Optional.of(Calls.PRICE) : Optional.empty();
    }

    @Override
    public List<Model> models() {
        return List.of();
    }
}
