package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.UsageRecord;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** A record's money: the parts and their base before the multiplier, the total after it. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record CostsView(
        String inputCost,
        String outputCost,
        String cacheReadCost,
        String cacheWriteCost,
        String otherCost,
        String baseCost,
        String priceMultiplier,
        String totalCost,
        @Nullable String upstreamCost,
        long priceVersion) {
    CostsView withoutUpstream() {
        return new CostsView(
                inputCost,
                outputCost,
                cacheReadCost,
                cacheWriteCost,
                otherCost,
                baseCost,
                priceMultiplier,
                totalCost,
                null,
                priceVersion);
    }

    static CostsView from(UsageRecord record) {
        UsageRecord.Costs costs = record.costs();
        return new CostsView(
                costs.input().text(),
                costs.output().text(),
                costs.cacheRead().text(),
                costs.cacheWrite().text(),
                costs.other().text(),
                costs.base().text(),
                record.asked().multiplier().text(),
                costs.total().text(),
                costs.upstream().text(),
                record.asked().priceVersion().value());
    }
}
