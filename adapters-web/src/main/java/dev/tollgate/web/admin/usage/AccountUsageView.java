package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.Averages;
import dev.tollgate.application.usage.ReportAccountUsage.AccountUsage;
import dev.tollgate.application.usage.ReportAccountUsage.Freshness;
import dev.tollgate.application.usage.Totals;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.math.BigDecimal;

/** One account's figures, as they are shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AccountUsageView(
        long id,
        String name,
        String platform,
        Period daily,
        Period monthly,
        Period total,
        AveragesView averages,
        FreshnessView freshness) {
    static AccountUsageView from(AccountUsage account, Freshness freshness) {
        return new AccountUsageView(
                account.id().value(),
                account.name(),
                account.platform(),
                Period.from(account.daily()),
                Period.from(account.monthly()),
                Period.from(account.total()),
                AveragesView.from(account.averages()),
                FreshnessView.from(freshness));
    }

    /** Calls, tokens of all classes and what the customers paid. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Period(long requests, long tokens, String cost) {
        static Period from(Totals totals) {
            return new Period(totals.requests(), totals.tokens(), totals.cost().text());
        }
    }

    /** Means by the minute and by the day. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record AveragesView(BigDecimal rpm, BigDecimal tpm, BigDecimal dailyRequests, BigDecimal dailyTokens) {
        static AveragesView from(Averages averages) {
            return new AveragesView(averages.rpm(), averages.tpm(), averages.dailyRequests(), averages.dailyTokens());
        }
    }
}
