package dev.tollgate.application.pricing;

import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored price list. Versions are only ever added; they outlive their model, since records name them. */
public interface Models {
    /** Every model with all its versions, by name. */
    List<PricedModel> all();

    Optional<PriceVersion> version(PriceVersionId id);

    /**
     * Makes all edits or none. A name or alias stands once in the whole list, whatever its case.
     *
     * @return the name in the way, if there is one; nothing is changed then
     */
    Optional<String> apply(List<Edit> edits);

    /** One edit of the list. */
    sealed interface Edit {
        /** The model as it is to be, new or not, and the version that joins the others, if any. */
        record Put(Model model, @Nullable PriceVersion added) implements Edit {}

        record Remove(ModelId id) implements Edit {}
    }
}
