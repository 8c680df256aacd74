package dev.tollgate.persistence.sql.usage;

import java.util.ArrayList;
import java.util.List;

/** Statements that more than one class needs. */
final class Statements {
    static final String WINDOW =
            "INSERT INTO window_usage (subject_kind, subject_id, window_kind, window_start, requests, cost_nanos)";
    static final String WINDOW_ADDED = " ON DUPLICATE KEY UPDATE requests = requests + VALUES(requests),"
            + " cost_nanos = cost_nanos + VALUES(cost_nanos)";

    private Statements() {}

    static String insert(String table, List<String> facts, List<String> numbers) {
        List<String> columns = new ArrayList<>(facts);
        columns.addAll(numbers);
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ")";
    }
}
