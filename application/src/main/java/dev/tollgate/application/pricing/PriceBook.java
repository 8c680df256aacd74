package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The price list in memory. */
public interface PriceBook {
    /** The enabled model a name leads to (mappings first, then exact name, alias) with its price in force. */
    Optional<Priced> find(String asked, Instant at);

    /** The prices of a model or alias at an instant, for models named inside an answer; null where there are none. */
    @Nullable
    PriceSheet sheet(String model, Instant at);

    /** A version by its id, whatever became of its model since. */
    Optional<PriceVersion> version(PriceVersionId id);

    /** All enabled models that have a price. */
    List<Model> models();

    /** A model and the version of its prices that holds. */
    record Priced(Model model, PriceVersion version) {}
}
