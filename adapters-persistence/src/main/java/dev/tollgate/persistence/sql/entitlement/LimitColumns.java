package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** A package's limits in their four columns. */
final class LimitColumns {
    private static final Map<WindowKind, String> COLUMNS = Map.of(
            WindowKind.DAY, "daily_quota",
            WindowKind.WEEK, "weekly_quota",
            WindowKind.MONTH, "monthly_quota",
            WindowKind.TOTAL, "quota_amount");

    private LimitColumns() {}

    static Map<WindowKind, Money> read(Row row) throws SQLException {
        Map<WindowKind, Money> limits = new EnumMap<>(WindowKind.class);
        for (Map.Entry<WindowKind, String> column : COLUMNS.entrySet()) {
            Money limit = row.moneyOrNull(column.getValue());
            if (limit != null) {
                limits.put(column.getKey(), limit);
            }
        }
        return limits;
    }
}
