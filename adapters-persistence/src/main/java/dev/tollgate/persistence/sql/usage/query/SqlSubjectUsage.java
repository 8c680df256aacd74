package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is used in windows, out of {@code window_usage}. */
@Singleton
final class SqlSubjectUsage implements SubjectUsage {
    private final SqlTransactions transactions;

    SqlSubjectUsage(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<Subject, Map<WindowKey, Spent>> used(Collection<Subject> subjects) {
        Map<SubjectKind, List<Long>> ids = subjects.stream()
                .collect(Collectors.groupingBy(Subject::kind, Collectors.mapping(Subject::id, Collectors.toList())));
        return transactions.read(sql -> {
            Map<Subject, Map<WindowKey, Spent>> used = new HashMap<>();
            for (Map.Entry<SubjectKind, List<Long>> kind : ids.entrySet()) {
                Where where = new Where()
                        .and("subject_kind = ?", kind.getKey().name().toLowerCase(Locale.ROOT))
                        .in("subject_id", kind.getValue());
                sql.list("SELECT * FROM window_usage" + where.clause(), SqlSubjectUsage::line, where.values())
                        .forEach(line -> used.computeIfAbsent(line.subject(), subject -> new HashMap<>())
                                .put(line.window(), line.spent()));
            }
            return used;
        });
    }

    private static Line line(Row row) throws SQLException {
        return new Line(
                new Subject(row.constant("subject_kind", SubjectKind.class), row.number("subject_id")),
                new WindowKey(row.constant("window_kind", WindowKind.class), row.number("window_start")),
                new Spent(row.money("cost_nanos"), Money.ZERO));
    }

    private record Line(Subject subject, WindowKey window, Spent spent) {}
}
