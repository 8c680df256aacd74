package dev.tollgate.application.usage;

import dev.tollgate.application.account.AccountFigures;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Cost;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What accounts served and cost, by the records. */
public final class RecordedAccountFigures implements AccountFigures {
    private final UsageQueries queries;

    public RecordedAccountFigures(UsageQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<AccountId, Figures> of(Collection<AccountId> accounts) {
        Map<AccountId, Totals> totals = queries.accounts();
        Map<AccountId, Cost> upstream = queries.upstreamCosts();
        Map<AccountId, Figures> figures = new HashMap<>();
        for (AccountId account : accounts) {
            Totals total = totals.getOrDefault(account, Totals.NONE);
            Cost cost = upstream.getOrDefault(account, Cost.ZERO);
            figures.put(account, new Figures(total.cost(), cost, total.requests(), total.lastUsedAt()));
        }
        return figures;
    }
}
