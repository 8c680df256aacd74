package dev.tollgate.persistence.sql.pricing;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.pricing.ModelMappings;
import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;

/** Model mappings in a table. */
@Singleton
final class SqlModelMappings implements ModelMappings {
    private final SqlTransactions transactions;

    SqlModelMappings(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ModelMapping> all() {
        return transactions.read(
                sql -> sql.list("SELECT * FROM model_mapping ORDER BY priority, id", SqlModelMappings::mapping));
    }

    @Override
    public void put(ModelMapping mapping) {
        transactions.run(sql -> {
            sql.update("DELETE FROM model_mapping WHERE id = ?", mapping.id().value());
            sql.update(
                    "INSERT INTO model_mapping (id, pattern, target, priority, enabled) VALUES (?, ?, ?, ?, ?)",
                    mapping.id().value(),
                    mapping.pattern(),
                    mapping.target(),
                    mapping.priority(),
                    mapping.enabled());
            sql.changed(Changes.Kind.MODEL_MAPPING, mapping.id().value());
        });
    }

    @Override
    public void remove(ModelMappingId id) {
        transactions.run(sql -> {
            sql.update("DELETE FROM model_mapping WHERE id = ?", id.value());
            sql.changed(Changes.Kind.MODEL_MAPPING, id.value());
        });
    }

    private static ModelMapping mapping(Row row) throws SQLException {
        return new ModelMapping(
                new ModelMappingId(row.number("id")),
                row.text("pattern"),
                row.text("target"),
                row.integer("priority"),
                row.flag("enabled"));
    }
}
