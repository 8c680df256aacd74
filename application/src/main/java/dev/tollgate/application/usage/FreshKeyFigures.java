package dev.tollgate.application.usage;

import dev.tollgate.application.apikey.KeyFigures;
import dev.tollgate.domain.apikey.ApiKeyId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What keys have spent, by the live store and the records. */
public final class FreshKeyFigures implements KeyFigures {
    private final FreshTotals totals;

    public FreshKeyFigures(FreshTotals totals) {
        this.totals = totals;
    }

    @Override
    public Map<ApiKeyId, Figures> of(Collection<ApiKeyId> keys) {
        Map<ApiKeyId, Figures> figures = new HashMap<>();
        totals.keys(keys)
                .forEach((key, sums) -> figures.put(key, new Figures(sums.cost(), sums.requests(), sums.lastUsedAt())));
        return figures;
    }
}
