package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.Webhook;
import dev.tollgate.application.alert.WebhookId;
import dev.tollgate.application.alert.Webhooks;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Webhooks in a table. */
@Singleton
final class SqlWebhooks implements Webhooks {
    private final SqlTransactions transactions;

    SqlWebhooks(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Webhook> all() {
        return transactions.read(
                sql -> sql.list("SELECT " + WebhookRow.COLUMNS + " FROM webhook w ORDER BY w.id DESC", WebhookRow::of));
    }

    @Override
    public Optional<Webhook> find(WebhookId id) {
        return transactions.read(sql -> sql.first(WebhookRow.SELECT, WebhookRow::of, id.value()));
    }

    @Override
    public void add(Webhook webhook) {
        transactions.run(sql -> sql.update(
                "INSERT INTO webhook (id, name, url, events, secret, enabled, last_status, last_at, failures_in_a_row,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                webhook.id().value(),
                webhook.name(),
                webhook.url(),
                WebhookRow.events(webhook),
                webhook.sealedSecret(),
                webhook.enabled(),
                webhook.standing().last(),
                webhook.standing().lastAt(),
                webhook.standing().failuresInARow(),
                webhook.createdAt(),
                webhook.updatedAt()));
    }

    @Override
    public Optional<Webhook> change(WebhookId id, UnaryOperator<Webhook> change) {
        return transactions.write(sql -> {
            Optional<Webhook> changed = sql.first(WebhookRow.SELECT + " FOR UPDATE", WebhookRow::of, id.value())
                    .map(change);
            if (changed.isPresent()) {
                Webhook webhook = changed.get();
                sql.update(
                        "UPDATE webhook SET name = ?, url = ?, events = ?, secret = ?, enabled = ?, updated_at = ?"
                                + " WHERE id = ?",
                        webhook.name(),
                        webhook.url(),
                        WebhookRow.events(webhook),
                        webhook.sealedSecret(),
                        webhook.enabled(),
                        webhook.updatedAt(),
                        id.value());
            }
            return changed;
        });
    }

    @Override
    public boolean remove(WebhookId id) {
        return transactions.write(sql -> {
            boolean there = sql.updated("DELETE FROM webhook WHERE id = ?", id.value()) == 1;
            sql.update("DELETE FROM webhook_delivery WHERE webhook_id = ?", id.value());
            sql.update("DELETE FROM webhook_attempt WHERE webhook_id = ?", id.value());
            return there;
        });
    }
}
