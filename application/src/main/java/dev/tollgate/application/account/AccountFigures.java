package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What accounts have served since ever, from the usage records. */
public interface AccountFigures {
    /** The figures of these accounts in one question; an account that served nothing is absent. */
    Map<AccountId, Figures> of(Collection<AccountId> accounts);

    /**
     * One account's figures.
     *
     * @param totalCost what customers were charged
     * @param totalUpstreamCost all attempts at list price, failed ones included
     */
    record Figures(
            Money totalCost,
            Cost totalUpstreamCost,
            long requests,
            @Nullable Instant lastUsedAt) {
        public static final Figures NONE = new Figures(Money.ZERO, Cost.ZERO, 0, null);
    }
}
