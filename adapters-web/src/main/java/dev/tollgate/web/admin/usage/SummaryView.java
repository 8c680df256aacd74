package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.Latencies;
import dev.tollgate.application.usage.ReportUsage.Group;
import dev.tollgate.application.usage.ReportUsage.Summary;
import dev.tollgate.application.usage.Slice.Dimension;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage in sum, as it is shown.
 *
 * @param topAccounts null where the reader may not know of accounts, as {@code topUsers}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record SummaryView(
        @JsonUnwrapped TotalsView totals,
        long errors,
        BigDecimal rpm,
        BigDecimal tpm,
        @Nullable BigDecimal successRate,
        Percentiles latencyMs,
        Percentiles firstTokenMs,
        List<GroupView> topModels,
        List<GroupView> topKeys,
        @Nullable List<GroupView> topUsers,
        @Nullable List<GroupView> topAccounts) {
    public static SummaryView forAdmin(Summary summary) {
        return from(summary, top(summary, Dimension.USER), top(summary, Dimension.ACCOUNT));
    }

    public static SummaryView forUser(Summary summary) {
        return from(summary, null, null);
    }

    private static SummaryView from(
            Summary summary, @Nullable List<GroupView> users, @Nullable List<GroupView> accounts) {
        return new SummaryView(
                TotalsView.from(summary.totals()),
                summary.totals().errors(),
                summary.averages().rpm(),
                summary.averages().tpm(),
                summary.successRate(),
                Percentiles.of(summary.latencies().whole()),
                Percentiles.of(summary.latencies().firstToken()),
                top(summary, Dimension.MODEL),
                top(summary, Dimension.API_KEY),
                users,
                accounts);
    }

    private static List<GroupView> top(Summary summary, Dimension dimension) {
        List<Group> groups = summary.top().getOrDefault(dimension, List.of());
        return groups.stream().map(GroupView::from).toList();
    }

    /** The times within which so many per cent of calls were done, in milliseconds; null without calls. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Percentiles(
            @Nullable Long p50,
            @Nullable Long p90,
            @Nullable Long p95,
            @Nullable Long p99) {
        static Percentiles of(List<Long> counts) {
            return new Percentiles(
                    Latencies.percentile(counts, 50),
                    Latencies.percentile(counts, 90),
                    Latencies.percentile(counts, 95),
                    Latencies.percentile(counts, 99));
        }
    }
}
