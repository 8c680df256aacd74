package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.ReportAccountUsage.AccountUsage;
import dev.tollgate.application.usage.ReportAccountUsage.Report;
import dev.tollgate.application.usage.Totals;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** All accounts' figures with their sums of today. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AccountsView(List<AccountUsageView> items, Summary summary, FreshnessView freshness) {
    static AccountsView from(Report report) {
        return new AccountsView(
                report.accounts().stream()
                        .map(account -> AccountUsageView.from(account, report.freshness()))
                        .toList(),
                Summary.of(report.accounts()),
                FreshnessView.from(report.freshness()));
    }

    /** Sums over accounts. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Summary(
            int totalAccounts,
            long activeToday,
            long totalDailyTokens,
            long totalDailyRequests,
            String totalDailyCost) {
        static Summary of(List<AccountUsage> accounts) {
            Totals today = accounts.stream().map(AccountUsage::daily).reduce(Totals.NONE, Totals::plus);
            return new Summary(
                    accounts.size(),
                    accounts.stream()
                            .filter(account -> account.daily().requests() > 0)
                            .count(),
                    today.tokens(),
                    today.requests(),
                    today.cost().text());
        }
    }
}
