package dev.tollgate.persistence.sql.pricing;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.pricing.Fields;
import dev.tollgate.application.pricing.Models;
import dev.tollgate.application.pricing.SheetFields;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import dev.tollgate.persistence.prices.JsonTree;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlFailure;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The price list in tables; each version's sheet is one JSON object of decimal strings. */
@Singleton
final class SqlModels implements Models {
    private final SqlTransactions transactions;

    SqlModels(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<PricedModel> all() {
        return transactions.read(sql -> {
            Map<Long, Set<String>> names = sql.list("SELECT model_id, name FROM model_name", SqlModels::name).stream()
                    .collect(Collectors.groupingBy(
                            OfModel::id, Collectors.mapping(OfModel::value, Collectors.toUnmodifiableSet())));
            Map<Long, List<PriceVersion>> versions =
                    sql.list("SELECT * FROM price_version", SqlModels::versionOfModel).stream()
                            .collect(Collectors.groupingBy(
                                    OfModel::id, Collectors.mapping(OfModel::value, Collectors.toUnmodifiableList())));
            return sql.list("SELECT * FROM model", row -> priced(row, names, versions)).stream()
                    .sorted(Comparator.comparing(priced -> priced.model().name()))
                    .toList();
        });
    }

    @Override
    public Optional<PriceVersion> version(PriceVersionId id) {
        return transactions.read(
                sql -> sql.first("SELECT * FROM price_version WHERE id = ?", SqlModels::version, id.value()));
    }

    @Override
    public Optional<String> apply(List<Edit> edits) {
        try {
            transactions.run(sql -> applyAll(sql, edits));
            return Optional.empty();
        } catch (NameTaken taken) {
            return Optional.of(taken.name);
        } catch (SqlFailure failure) {
            if (failure.isDuplicate()) {
                return Optional.of(namesOf(edits));
            }
            throw failure;
        }
    }

    private static void applyAll(Sql sql, List<Edit> edits) throws SQLException {
        for (Edit edit : edits) {
            long id = idOf(edit);
            sql.update("DELETE FROM model_name WHERE model_id = ?", id);
            sql.update("DELETE FROM model WHERE id = ?", id);
        }
        for (Edit edit : edits) {
            if (edit instanceof Edit.Put put) {
                insert(sql, put);
            }
        }
        sql.changed(Changes.Kind.MODEL, edits.size() == 1 ? idOf(edits.getFirst()) : 0);
    }

    private static long idOf(Edit edit) {
        return switch (edit) {
            case Edit.Put put -> put.model().id().value();
            case Edit.Remove remove -> remove.id().value();
        };
    }

    private static void insert(Sql sql, Edit.Put put) throws SQLException {
        Model model = put.model();
        insertName(sql, model, model.name());
        for (String alias : model.aliases()) {
            insertName(sql, model, alias);
        }
        sql.update(
                "INSERT INTO model (id, name, platform, enabled, context_window, max_output_tokens)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                model.id().value(),
                model.name(),
                model.platform(),
                model.enabled(),
                model.contextWindow(),
                model.maxOutputTokens());
        PriceVersion added = put.added();
        if (added != null) {
            sql.update(
                    "INSERT INTO price_version (id, model_id, model, effective_from, sheet) VALUES (?, ?, ?, ?, ?)",
                    added.id().value(),
                    model.id().value(),
                    added.model(),
                    added.effectiveFrom(),
                    JsonTree.write(SheetFields.of(added.sheet()).values()));
        }
    }

    /** Asks first, which names the culprit; the key decides between two editors at once. */
    private static void insertName(Sql sql, Model model, String name) throws SQLException {
        String key = name.toLowerCase(Locale.ROOT);
        if (sql.number("SELECT COUNT(*) FROM model_name WHERE name_key = ?", key) > 0) {
            throw new NameTaken(name);
        }
        sql.update(
                "INSERT INTO model_name (name_key, model_id, name) VALUES (?, ?, ?)",
                key,
                model.id().value(),
                name);
    }

    /** Somebody else took one of them between our question and our insert. */
    private static String namesOf(List<Edit> edits) {
        return edits.stream()
                .filter(Edit.Put.class::isInstance)
                .map(edit -> ((Edit.Put) edit).model().name())
                .collect(Collectors.joining(", "));
    }

    private static PricedModel priced(Row row, Map<Long, Set<String>> names, Map<Long, List<PriceVersion>> versions)
            throws SQLException {
        long id = row.number("id");
        return new PricedModel(
                model(row, names.getOrDefault(id, Set.of())), new PriceHistory(versions.getOrDefault(id, List.of())));
    }

    private static OfModel<String> name(Row row) throws SQLException {
        return new OfModel<>(row.number("model_id"), row.text("name"));
    }

    private static OfModel<PriceVersion> versionOfModel(Row row) throws SQLException {
        return new OfModel<>(row.number("model_id"), version(row));
    }

    private static Model model(Row row, Set<String> names) throws SQLException {
        String name = row.text("name");
        Set<String> aliases = new HashSet<>(names);
        aliases.remove(name);
        return new Model(
                new ModelId(row.number("id")),
                name,
                row.text("platform"),
                aliases,
                row.flag("enabled"),
                row.numberOrNull("context_window"),
                row.numberOrNull("max_output_tokens"));
    }

    private static PriceVersion version(Row row) throws SQLException {
        return new PriceVersion(
                new PriceVersionId(row.number("id")),
                row.text("model"),
                row.instant("effective_from"),
                sheet(row.text("sheet")));
    }

    private static PriceSheet sheet(String json) {
        try {
            return SheetFields.read(Fields.of(JsonTree.readObject(json.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException("not a price sheet in the database", e);
        }
    }

    /** Something that belongs to a model. */
    private record OfModel<T>(long id, T value) {}

    /** Rolls the transaction back. */
    private static final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String name;

        NameTaken(String name) {
            super(name, null, false, false);
            this.name = name;
        }
    }
}
