package dev.tollgate.application.usage;

import dev.tollgate.application.apikey.KeyFigures;
import dev.tollgate.domain.apikey.ApiKeyId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What keys have spent, by the records. */
public final class RecordedKeyFigures implements KeyFigures {
    private final UsageQueries queries;

    public RecordedKeyFigures(UsageQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<ApiKeyId, Figures> of(Collection<ApiKeyId> keys) {
        Map<ApiKeyId, Figures> figures = new HashMap<>();
        queries.keys(keys)
                .forEach((key, totals) ->
                        figures.put(key, new Figures(totals.cost(), totals.requests(), totals.lastUsedAt())));
        return figures;
    }
}
