package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.Alert;
import dev.tollgate.application.alert.AlertType;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;

/** Reads and writes the columns of an alert {@code a}. */
final class AlertRow {
    static final String COLUMNS =
            "a.id AS alert_id, a.alert_key, a.type, a.created_at AS alert_created_at, a.kept_until, a.data";

    private AlertRow() {}

    static Alert of(Row row) throws SQLException {
        return new Alert(
                row.number("alert_id"),
                type(row),
                row.text("alert_key"),
                row.instant("alert_created_at"),
                row.text("data"),
                row.instantOrNull("kept_until"));
    }

    static AlertType type(Row row) throws SQLException {
        String name = row.text("type");
        return AlertType.of(name).orElseThrow(() -> new IllegalStateException("no such alert: " + name));
    }

    /** Adds an alert unless its key is there; whether it was added. */
    static boolean insert(Sql sql, Alert alert) throws SQLException {
        sql.update(
                "INSERT INTO alert (id, alert_key, type, created_at, kept_until, data) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE type = type",
                alert.id(),
                alert.key(),
                alert.type().wireName(),
                alert.at(),
                alert.keptUntil(),
                alert.data());
        return sql.number("SELECT COUNT(*) FROM alert WHERE id = ?", alert.id()) == 1;
    }
}
