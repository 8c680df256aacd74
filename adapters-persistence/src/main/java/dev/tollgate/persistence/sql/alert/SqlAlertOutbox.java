package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.Alert;
import dev.tollgate.application.alert.AlertOutbox;
import dev.tollgate.application.alert.Webhook;
import dev.tollgate.application.alert.WebhookId;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outbox in tables: a unique key makes an alert once, and its deliveries are written with it. */
@Singleton
final class SqlAlertOutbox implements AlertOutbox {
    private static final int KEYS_AT_ONCE = 500;

    private final SqlTransactions transactions;
    private final Ids ids;

    SqlAlertOutbox(SqlTransactions transactions, Ids ids) {
        this.transactions = transactions;
        this.ids = ids;
    }

    @Override
    public Set<String> known(Collection<String> keys) {
        Set<String> known = new HashSet<>();
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE));
            String places = String.join(", ", Collections.nCopies(some.size(), "?"));
            known.addAll(transactions.read(sql -> sql.list(
                    "SELECT alert_key FROM alert WHERE alert_key IN (" + places + ")",
                    row -> row.text("alert_key"),
                    some.toArray())));
        }
        return known;
    }

    /** In the order of their keys, so that nodes that raise the same wait for one another and do not deadlock. */
    @Override
    public List<Alert> raise(List<Alert> alerts) {
        List<Alert> ordered =
                alerts.stream().sorted(Comparator.comparing(Alert::key)).toList();
        return transactions.write(sql -> {
            List<Webhook> webhooks = webhooks(sql);
            List<Alert> raised = new ArrayList<>();
            for (Alert alert : ordered) {
                if (add(sql, alert, webhooks)) {
                    raised.add(alert);
                }
            }
            return raised;
        });
    }

    @Override
    public boolean begin(String condition, Alert alert) {
        return transactions.write(sql -> {
            sql.update(
                    "INSERT INTO alert_condition (name, alert_id) VALUES (?, ?)"
                            + " ON DUPLICATE KEY UPDATE alert_id = alert_id",
                    condition,
                    alert.id());
            boolean isNew = sql.number(
                            "SELECT COUNT(*) FROM alert_condition WHERE name = ? AND alert_id = ?",
                            condition,
                            alert.id())
                    == 1;
            return isNew && add(sql, alert, webhooks(sql));
        });
    }

    @Override
    public boolean end(String condition, @Nullable Alert alert) {
        return transactions.write(sql -> {
            boolean held = sql.updated("DELETE FROM alert_condition WHERE name = ?", condition) == 1;
            return held && (alert == null || add(sql, alert, webhooks(sql)));
        });
    }

    @Override
    public Set<String> conditions() {
        return Set.copyOf(
                transactions.read(sql -> sql.list("SELECT name FROM alert_condition", row -> row.text("name"))));
    }

    @Override
    public Optional<Alert> address(WebhookId webhook, Alert alert) {
        return transactions.write(sql -> {
            boolean there = sql.number("SELECT COUNT(*) FROM webhook WHERE id = ?", webhook.value()) == 1;
            if (!there || !AlertRow.insert(sql, alert)) {
                return Optional.empty();
            }
            deliver(sql, alert, webhook);
            return Optional.of(alert);
        });
    }

    @Override
    public int forget(Instant before, int most) {
        return transactions.write(sql -> {
            List<Long> old = sql.list(
                    "SELECT a.id FROM alert a WHERE a.kept_until < ? AND NOT EXISTS (SELECT 1 FROM webhook_delivery d"
                            + " WHERE d.alert_id = a.id AND d.due_at IS NOT NULL) ORDER BY a.kept_until LIMIT ?",
                    row -> row.number("id"),
                    before,
                    most);
            for (Long id : old) {
                sql.update("DELETE FROM alert WHERE id = ?", id);
            }
            return old.size();
        });
    }

    private static List<Webhook> webhooks(Sql sql) throws SQLException {
        return sql.list("SELECT " + WebhookRow.COLUMNS + " FROM webhook w WHERE w.enabled", WebhookRow::of);
    }

    private boolean add(Sql sql, Alert alert, List<Webhook> webhooks) throws SQLException {
        if (!AlertRow.insert(sql, alert)) {
            return false;
        }
        for (Webhook webhook : webhooks) {
            if (webhook.wants(alert.type())) {
                deliver(sql, alert, webhook.id());
            }
        }
        return true;
    }

    private void deliver(Sql sql, Alert alert, WebhookId webhook) throws SQLException {
        sql.update(
                "INSERT INTO webhook_delivery (id, webhook_id, alert_id, attempts, due_at, created_at)"
                        + " VALUES (?, ?, ?, 0, ?, ?)",
                ids.next(),
                webhook.value(),
                alert.id(),
                alert.at(),
                alert.at());
    }
}
