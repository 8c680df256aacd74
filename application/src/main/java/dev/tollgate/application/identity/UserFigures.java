package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users have and have spent, as their list shows it. Implemented by the features that keep these figures. */
public interface UserFigures {
    /** The figures of these users at this moment; one who has none may be absent. */
    Map<UserId, Figures> of(Collection<UserId> users);

    /**
     * One user's figures.
     *
     * @param quotaBalance what is left of quota packages that are active; null if there are none
     * @param subscriptionDailyBalance what today's limits of active subscriptions leave (limit − used, summed); null
     *     where none limits the day
     * @param creditBalance the credit ledger less what calls used; what is held is part of it
     */
    record Figures(
            @Nullable Money quotaBalance,
            @Nullable Money subscriptionDailyBalance,
            Money creditBalance,
            Money creditHeld,
            Money totalCost,
            long requestCount) {
        public static final Figures NONE = new Figures(null, null, Money.ZERO, Money.ZERO, Money.ZERO, 0);
    }
}
