package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.Deliveries;
import dev.tollgate.application.alert.Delivery;
import dev.tollgate.application.alert.DeliveryAttempt;
import dev.tollgate.application.alert.DeliveryAttempt.Outcome;
import dev.tollgate.application.alert.WebhookId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries and their log in tables. */
@Singleton
final class SqlDeliveries implements Deliveries {
    private static final String DUE = "SELECT d.id AS delivery_id, d.attempts, d.due_at, " + AlertRow.COLUMNS + ", "
            + WebhookRow.COLUMNS + " FROM webhook_delivery d JOIN alert a ON a.id = d.alert_id"
            + " JOIN webhook w ON w.id = d.webhook_id"
            + " WHERE d.webhook_id = ? AND d.due_at <= ? ORDER BY d.due_at, d.id LIMIT ?";

    private final SqlTransactions transactions;

    SqlDeliveries(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Delivery> due(Instant now, int mostEach) {
        return transactions.read(sql -> {
            List<Delivery> due = new ArrayList<>();
            for (long webhook : sql.list("SELECT id FROM webhook WHERE enabled ORDER BY id", row -> row.number("id"))) {
                due.addAll(sql.list(DUE, SqlDeliveries::delivery, webhook, now, mostEach));
            }
            return due;
        });
    }

    @Override
    public boolean claim(Delivery delivery, Instant until) {
        return transactions.write(sql -> sql.updated(
                        "UPDATE webhook_delivery SET due_at = ? WHERE id = ? AND attempts = ? AND due_at = ?",
                        until,
                        delivery.id(),
                        delivery.attempts(),
                        delivery.dueAt()))
                == 1;
    }

    @Override
    public void note(Delivery delivery, DeliveryAttempt attempt) {
        transactions.run(sql -> {
            int there = sql.updated(
                    "UPDATE webhook_delivery SET attempts = ?, due_at = ? WHERE id = ?",
                    attempt.number(),
                    attempt.nextAt(),
                    delivery.id());
            if (there == 1) {
                log(sql, delivery.webhook().id(), attempt);
            }
        });
    }

    private static void log(Sql sql, WebhookId webhook, DeliveryAttempt attempt) throws SQLException {
        sql.update(
                "UPDATE webhook SET last_status = ?, last_at = ?,"
                        + " failures_in_a_row = CASE WHEN ? = 0 THEN 0 ELSE failures_in_a_row + 1 END WHERE id = ?",
                attempt.word(),
                attempt.at(),
                attempt.outcome() == Outcome.DELIVERED ? 0 : 1,
                webhook.value());
        sql.update(
                """
                INSERT INTO webhook_attempt (id, webhook_id, delivery_id, alert_id, type, attempt_number, attempted_at,
                  outcome, http_status, latency_ms, error, response, next_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                attempt.id(),
                webhook.value(),
                attempt.deliveryId(),
                attempt.alertId(),
                attempt.type().wireName(),
                attempt.number(),
                attempt.at(),
                attempt.outcome(),
                attempt.httpStatus(),
                attempt.latencyMillis(),
                attempt.error(),
                attempt.response(),
                attempt.nextAt());
    }

    @Override
    public List<DeliveryAttempt> attempts(WebhookId webhook, @Nullable Long before, int limit) {
        return transactions.read(sql -> sql.list(
                "SELECT * FROM webhook_attempt WHERE webhook_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                SqlDeliveries::attempt,
                webhook.value(),
                before == null ? Long.MAX_VALUE : before,
                limit));
    }

    @Override
    public int forgetBefore(Instant before, int most) {
        return delete(
                        "SELECT id FROM webhook_attempt WHERE attempted_at < ? ORDER BY attempted_at LIMIT ?",
                        "DELETE FROM webhook_attempt WHERE id = ?",
                        before,
                        most)
                + delete(
                        "SELECT id FROM webhook_delivery WHERE created_at < ? AND due_at IS NULL"
                                + " ORDER BY created_at LIMIT ?",
                        "DELETE FROM webhook_delivery WHERE id = ?",
                        before,
                        most);
    }

    private int delete(String those, String one, Instant before, int most) {
        return transactions.write(sql -> {
            List<Long> old = sql.list(those, row -> row.number("id"), before, most);
            for (Long id : old) {
                sql.update(one, id);
            }
            return old.size();
        });
    }

    private static Delivery delivery(Row row) throws SQLException {
        return new Delivery(
                row.number("delivery_id"),
                WebhookRow.of(row),
                AlertRow.of(row),
                row.integer("attempts"),
                row.instant("due_at"));
    }

    private static DeliveryAttempt attempt(Row row) throws SQLException {
        return new DeliveryAttempt(
                row.number("id"),
                row.number("delivery_id"),
                row.number("alert_id"),
                AlertRow.type(row),
                row.integer("attempt_number"),
                row.instant("attempted_at"),
                row.constant("outcome", Outcome.class),
                row.integerOrNull("http_status"),
                row.number("latency_ms"),
                row.textOrNull("error"),
                row.textOrNull("response"),
                row.instantOrNull("next_at"));
    }
}
