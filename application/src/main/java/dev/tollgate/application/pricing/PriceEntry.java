package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceSheet;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a price list, understood: a model without its id, and its prices.
 *
 * @param effectiveFrom from when the prices hold, null if the list does not say
 */
public record PriceEntry(
        String name,
        String platform,
        Set<String> aliases,
        boolean enabled,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,
        PriceSheet sheet,
        @Nullable Instant effectiveFrom) {

    public Model model(ModelId id) {
        return new Model(id, name, platform, aliases, enabled, contextWindow, maxOutputTokens);
    }

    /** What reading an entry comes to. */
    public sealed interface Reading {
        record Read(PriceEntry entry) implements Reading {}

        record Invalid(List<FieldError> errors) implements Reading {
            public Invalid {
                errors = List.copyOf(errors);
            }
        }
    }
}
