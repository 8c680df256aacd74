package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payer that may be asked: what it must hold by its spend mode, every limit that hold must fit and every window its
 * spending counts in.
 *
 * @param mode of a lenient payer something must be left and no more; how far its hold may go the limits of user and key
 *     alone say
 * @param most the hold that covers the call at its own output bound (strict), a slice (sliced), an estimate (lenient,
 *     unless a limit of user or key needs the bound)
 * @param least the smallest hold the call is still worth sending with; equal to {@code most} if it cannot be lowered
 * @param windows null for a payer that is only metered
 */
public record PayerTerms(
        Payer payer,
        SpendMode mode,
        Money most,
        Money least,
        List<CostLimit> limits,
        @Nullable SubjectWindows windows) {
    public PayerTerms {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("least is at most most: " + least + ", " + most);
        }
        limits = List.copyOf(limits);
    }
}
