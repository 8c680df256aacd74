package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.Totals;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;

/** Sums in the columns that every table of them has. */
public final class TotalsRow {
    private TotalsRow() {}

    public static Totals read(Row row) throws SQLException {
        return new Totals(
                row.number("requests"),
                row.number("errors"),
                row.number("input_tokens"),
                row.number("output_tokens"),
                row.number("cache_read_tokens"),
                row.number("cache_write_tokens"),
                row.money("cost_nanos"),
                row.instantOfMillis("last_used_at"));
    }
}
