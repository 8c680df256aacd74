package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedUsage.Difference;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares what users were granted with the lines of the ledger, and redeemed codes with the lines they made. */
final class GrantSums {
    private static final String CREDIT = """
            SELECT a.user_id AS id, a.granted AS actual, COALESCE(e.amount, 0) AS expected
            FROM credit_account a
            LEFT JOIN (SELECT user_id, SUM(amount) AS amount FROM credit_entry GROUP BY user_id) e
              ON e.user_id = a.user_id
            WHERE a.granted <> COALESCE(e.amount, 0)""";
    private static final String CODES_OF_CREDIT = """
            SELECT c.id AS id, COALESCE(e.amount, 0) AS actual, c.amount AS expected
            FROM redeem_use u
            JOIN redeem_code c ON c.id = u.code_id
            LEFT JOIN credit_entry e ON e.id = u.credit_entry_id AND e.user_id = u.user_id
            WHERE c.amount IS NOT NULL AND c.amount <> COALESCE(e.amount, 0)""";
    private static final String CODES_OF_PACKAGES = """
            SELECT c.id AS id, COUNT(p.id) AS actual, 1 AS expected
            FROM redeem_use u
            JOIN redeem_code c ON c.id = u.code_id
            LEFT JOIN user_package p
              ON p.id = u.user_package_id AND p.user_id = u.user_id AND p.package_id = c.package_id
            WHERE c.package_id IS NOT NULL
            GROUP BY c.id
            HAVING COUNT(p.id) <> 1""";
    private static final String CREDIT_OF_NO_CODE = """
            SELECT e.id AS id, e.amount AS actual, 0 AS expected
            FROM credit_entry e
            LEFT JOIN redeem_use u ON u.credit_entry_id = e.id
            WHERE e.kind = 'redeem' AND u.code_id IS NULL""";

    private GrantSums() {}

    static List<Difference> differences(Sql sql) throws SQLException {
        List<Difference> found = new ArrayList<>();
        found.addAll(named(sql, CREDIT, "credit_account user ", " granted"));
        found.addAll(named(sql, CODES_OF_CREDIT, "redeem_use of code ", " credit"));
        found.addAll(named(sql, CODES_OF_PACKAGES, "redeem_use of code ", " packages"));
        found.addAll(named(sql, CREDIT_OF_NO_CODE, "credit_entry ", " redeemed"));
        return found;
    }

    private static List<Difference> named(Sql sql, String query, String before, String after) throws SQLException {
        return sql.list(query, row -> difference(row, before, after));
    }

    private static Difference difference(Row row, String before, String after) throws SQLException {
        return new Difference(before + row.number("id") + after, row.number("expected"), row.number("actual"));
    }
}
