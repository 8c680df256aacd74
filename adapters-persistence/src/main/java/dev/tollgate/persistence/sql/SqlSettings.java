package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Settings;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Settings in a table of names and texts. */
@Singleton
final class SqlSettings implements Settings {
    private final SqlTransactions transactions;
    private final InstantSource clock;

    SqlSettings(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        transactions
                .read(sql -> sql.list(
                        "SELECT name, content FROM setting ORDER BY name",
                        row -> Map.entry(row.text("name"), row.text("content"))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    @Override
    public void change(Map<String, String> stored, Set<String> forgotten) {
        Instant now = clock.instant();
        transactions.run(sql -> {
            for (Map.Entry<String, String> setting : stored.entrySet()) {
                sql.update(
                        "INSERT INTO setting (name, content, updated_at) VALUES (?, ?, ?)"
                                + " ON DUPLICATE KEY UPDATE content = VALUES(content), updated_at = VALUES(updated_at)",
                        setting.getKey(),
                        setting.getValue(),
                        now);
            }
            for (String name : forgotten) {
                sql.update("DELETE FROM setting WHERE name = ?", name);
            }
            sql.changed(Changes.Kind.SETTING, 0);
        });
    }
}
