package dev.tollgate.application.apikey;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keys have spent, as their list shows it. Implemented by the feature that keeps usage. */
public interface KeyFigures {
    /** The figures of these keys; one that was never used may be absent. */
    Map<ApiKeyId, Figures> of(Collection<ApiKeyId> keys);

    /** One key's figures. */
    record Figures(
            Money totalCost, long requestCount, @Nullable Instant lastUsedAt) {
        public static final Figures NONE = new Figures(Money.ZERO, 0, null);
    }
}
