package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.persistence.sql.Sql.RowReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query for one page of a table. Names of tables and columns come from constants in the code, values as parameters,
 * the field to order by from a map of what is allowed.
 */
public final class ListQuery {
    private static final char ESCAPE = '!';

    private final String columns;
    private final String table;
    private final StringBuilder conditions = new StringBuilder(" WHERE 1 = 1");
    private final List<@Nullable Object> values = new ArrayList<>();

    public ListQuery(String columns, String table) {
        this.columns = columns;
        this.table = table;
    }

    /** Narrows the list. */
    public ListQuery where(String condition, @Nullable Object... parameters) {
        conditions.append(" AND ").append(condition);
        for (@Nullable Object parameter : parameters) {
            values.add(parameter);
        }
        return this;
    }

    /** Narrows the list to rows with a text in one of these columns, whatever its case; no text narrows nothing. */
    public ListQuery search(@Nullable String text, List<String> inColumns) {
        if (text == null) {
            return this;
        }
        List<String> alternatives = new ArrayList<>();
        for (String column : inColumns) {
            alternatives.add("LOWER(" + column + ") LIKE ? ESCAPE '" + ESCAPE + "'");
            values.add("%" + literal(text) + "%");
        }
        conditions.append(" AND (").append(String.join(" OR ", alternatives)).append(")");
        return this;
    }

    /** Reads the page; {@code sortable} says which column a field is, newest first by id where none is asked for. */
    public <T> Page<T> page(Sql sql, PageQuery query, Map<String, String> sortable, RowReader<T> reader)
            throws SQLException {
        @Nullable Object[] counted = values.toArray();
        long total = sql.number("SELECT COUNT(*) FROM " + table + conditions, counted);
        List<@Nullable Object> paged = new ArrayList<>(values);
        paged.add(query.pageSize());
        paged.add(query.offset());
        String statement =
                "SELECT " + columns + " FROM " + table + conditions + order(query, sortable) + " LIMIT ? OFFSET ?";
        return new Page<>(sql.list(statement, reader, paged.toArray()), total);
    }

    private static String order(PageQuery query, Map<String, String> sortable) {
        String column = query.sort() == null ? null : sortable.get(query.sort());
        if (column == null) {
            return " ORDER BY id DESC";
        }
        String direction = query.descending() ? " DESC" : "";
        return " ORDER BY " + column + direction + ", id" + direction;
    }

    private static String literal(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("" + ESCAPE, "" + ESCAPE + ESCAPE)
                .replace("%", ESCAPE + "%")
                .replace("_", ESCAPE + "_");
    }
}
