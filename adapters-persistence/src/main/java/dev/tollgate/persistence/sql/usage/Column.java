package dev.tollgate.persistence.sql.usage;

import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A column and the expression that fills it. */
record Column(String name, String expression, boolean isText) {
    Column(String name, String expression) {
        this(name, expression, false);
    }

    static Column same(String name) {
        return new Column(name, "r." + name);
    }

    static Column text(String name) {
        return new Column(name, "r." + name, true);
    }

    String expected() {
        return "expected_" + name;
    }

    String actual() {
        return "actual_" + name;
    }

    static String selected(List<Column> columns) {
        return joined(columns, column -> column.expression() + " AS " + column.name());
    }

    static String expressions(List<Column> columns) {
        return joined(columns, Column::expression);
    }

    /** A row's values in these columns, numbers and texts. */
    static List<Object> values(List<Column> columns, Row row) throws SQLException {
        List<Object> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            values.add(column.isText ? row.text(column.name) : (Object) row.number(column.name));
        }
        return values;
    }

    static long[] numbers(List<Column> columns, Row row) throws SQLException {
        long[] numbers = new long[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = row.number(columns.get(i).name);
        }
        return numbers;
    }

    /** A key in words: {@code user_id=7 model=model-a}. */
    static String named(List<Column> columns, List<Object> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(columns.get(i).name + "=" + values.get(i));
        }
        return String.join(" ", parts);
    }

    static String joined(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
