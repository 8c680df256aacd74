package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.ReportAccountUsage.Breakdown;
import dev.tollgate.application.usage.ReportAccountUsage.KeyUsage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account's usage by API key, the dearest first, and the sums over all keys. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record BreakdownView(List<KeyView> items, TotalsView totals) {
    static BreakdownView from(Breakdown breakdown) {
        return new BreakdownView(
                breakdown.keys().stream().map(KeyView::from).toList(), TotalsView.from(breakdown.totals()));
    }

    /** One key's part. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record KeyView(
            long apiKeyId,
            @Nullable String name,
            long userId,
            @Nullable String username,
            @JsonUnwrapped TotalsView totals,
            String lastModel,
            @Nullable String lastUsedAt) {
        static KeyView from(KeyUsage usage) {
            return new KeyView(
                    usage.key().value(),
                    usage.name(),
                    usage.user().value(),
                    usage.username(),
                    TotalsView.from(usage.totals()),
                    usage.lastModel(),
                    Words.of(usage.totals().lastUsedAt()));
        }
    }
}
