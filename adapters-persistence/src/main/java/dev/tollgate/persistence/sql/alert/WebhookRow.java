package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.Webhook;
import dev.tollgate.application.alert.WebhookId;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Reads the columns of a webhook {@code w}. */
final class WebhookRow {
    static final String COLUMNS = "w.id AS webhook_id, w.name, w.url, w.events, w.secret, w.enabled, w.last_status,"
            + " w.last_at, w.failures_in_a_row, w.created_at AS webhook_created_at, w.updated_at";
    static final String SELECT = "SELECT " + COLUMNS + " FROM webhook w WHERE w.id = ?";

    private WebhookRow() {}

    static Webhook of(Row row) throws SQLException {
        return new Webhook(
                new WebhookId(row.number("webhook_id")),
                row.textOrNull("name"),
                row.text("url"),
                Set.copyOf(row.texts("events")),
                row.text("secret"),
                row.flag("enabled"),
                new Webhook.Standing(
                        row.textOrNull("last_status"), row.instantOrNull("last_at"), row.integer("failures_in_a_row")),
                row.instant("webhook_created_at"),
                row.instant("updated_at"));
    }

    static List<String> events(Webhook webhook) {
        return webhook.events().stream().sorted().toList();
    }
}
