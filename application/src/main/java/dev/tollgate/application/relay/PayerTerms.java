package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payer that may be asked, with every limit its hold must fit and every window its spending counts in.
 *
 * @param windows null for a payer that is only metered
 */
public record PayerTerms(
        Payer payer, SpendMode mode, List<CostLimit> limits, @Nullable SubjectWindows windows) {
    public PayerTerms {
        limits = List.copyOf(limits);
    }
}
