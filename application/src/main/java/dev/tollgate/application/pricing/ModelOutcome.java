package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.pricing.PricedModel;
import java.util.List;

/** What comes of an edit of the price list. */
public sealed interface ModelOutcome {
    record Saved(PricedModel model) implements ModelOutcome {}

    record Invalid(List<FieldError> errors) implements ModelOutcome {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** Another model has that name or alias. */
    record NameTaken(String name) implements ModelOutcome {}

    record NotFound() implements ModelOutcome {}
}
