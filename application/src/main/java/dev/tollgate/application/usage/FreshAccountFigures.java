package dev.tollgate.application.usage;

import dev.tollgate.application.account.AccountFigures;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Cost;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What accounts served, by the live store and the records, and what they cost upstream, by the records. */
public final class FreshAccountFigures implements AccountFigures {
    private final FreshTotals served;
    private final UsageQueries queries;
    private volatile Map<AccountId, Cost> upstream = Map.of();

    public FreshAccountFigures(FreshTotals served, UsageQueries queries) {
        this.served = served;
        this.queries = queries;
    }

    @Override
    public Map<AccountId, Figures> of(Collection<AccountId> accounts) {
        Map<AccountId, Totals> totals = served.accounts(accounts);
        Map<AccountId, Cost> upstreamCosts = upstream();
        Map<AccountId, Figures> figures = new HashMap<>();
        for (AccountId account : accounts) {
            Totals total = totals.getOrDefault(account, Totals.NONE);
            Cost cost = upstreamCosts.getOrDefault(account, Cost.ZERO);
            figures.put(account, new Figures(total.cost(), cost, total.requests(), total.lastUsedAt()));
        }
        return figures;
    }

    /** Only the records know them. */
    private Map<AccountId, Cost> upstream() {
        try {
            upstream = queries.upstreamCosts();
        } catch (StoreUnavailable away) {
            return upstream; // the last that was known of them
        }
        return upstream;
    }
}
