package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.ReportAccountUsage.Freshness;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/** Where figures come from and up to when they count. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record FreshnessView(String source, String asOf) {
    static FreshnessView from(Freshness freshness) {
        return new FreshnessView(freshness.source(), freshness.asOf().toString());
    }
}
