package dev.tollgate.persistence.sql.account;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.Accounts;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Accounts in a table. */
@Singleton
final class SqlAccounts implements Accounts {
    private final SqlTransactions transactions;

    SqlAccounts(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<StoredAccount> all() {
        return transactions.read(sql -> sql.list("SELECT * FROM account ORDER BY id DESC", SqlAccounts::account));
    }

    @Override
    public Optional<StoredAccount> find(AccountId id) {
        return transactions.read(
                sql -> sql.first("SELECT * FROM account WHERE id = ?", SqlAccounts::account, id.value()));
    }

    @Override
    public void add(StoredAccount account) {
        transactions.run(sql -> {
            insert(sql, account);
            sql.changed(Changes.Kind.ACCOUNT, account.account().id().value());
        });
    }

    @Override
    public Optional<StoredAccount> change(AccountId id, UnaryOperator<StoredAccount> change) {
        return transactions.write(sql -> {
            Optional<StoredAccount> changed = sql.first(
                            "SELECT * FROM account WHERE id = ? FOR UPDATE", SqlAccounts::account, id.value())
                    .map(change);
            if (changed.isPresent()) {
                sql.update("DELETE FROM account WHERE id = ?", id.value());
                insert(sql, changed.get());
                sql.changed(Changes.Kind.ACCOUNT, id.value());
            }
            return changed;
        });
    }

    @Override
    public boolean remove(AccountId id) {
        return transactions.write(sql -> {
            sql.changed(Changes.Kind.ACCOUNT, id.value());
            return sql.updated("DELETE FROM account WHERE id = ?", id.value()) == 1;
        });
    }

    private static void insert(Sql sql, StoredAccount stored) throws SQLException {
        Account account = stored.account();
        Placement placement = account.placement();
        Serving serving = account.serving();
        sql.update(
                """
                INSERT INTO account (id, name, type, enabled, priority, weight, max_concurrency, daily_budget,
                  allowed_models, model_mapping, group_ids, base_url, proxy_url, extra_headers, credentials,
                  status, status_until, error_count, last_error, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                account.id().value(),
                account.name(),
                account.type(),
                account.enabled(),
                placement.priority(),
                placement.weight(),
                placement.maxConcurrency(),
                placement.dailyBudget(),
                serving.allowedModels().patterns(),
                serving.modelMapping(),
                serving.groups().stream().map(GroupId::value).toList(),
                stored.access().baseUrl(),
                stored.access().proxyUrl(),
                stored.access().extraHeaders(),
                stored.sealedCredentials(),
                account.health().status(),
                account.health().until(),
                stored.troubles().errors(),
                stored.troubles().lastError(),
                stored.createdAt(),
                stored.updatedAt());
    }

    private static StoredAccount account(Row row) throws SQLException {
        return new StoredAccount(
                new Account(
                        new AccountId(row.number("id")),
                        row.text("name"),
                        row.constant("type", AccountType.class),
                        new Placement(
                                row.integer("priority"),
                                row.integer("weight"),
                                row.integer("max_concurrency"),
                                row.money("daily_budget")),
                        serving(row),
                        row.flag("enabled"),
                        new Health(row.constant("status", Health.Status.class), row.instantOrNull("status_until"))),
                new Access(row.textOrNull("base_url"), row.textOrNull("proxy_url"), row.textsByName("extra_headers")),
                row.textsByName("credentials"),
                new StoredAccount.Troubles(row.number("error_count"), row.textOrNull("last_error")),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static Serving serving(Row row) throws SQLException {
        return new Serving(
                new ModelPatterns(Set.copyOf(row.texts("allowed_models"))),
                row.textsByName("model_mapping"),
                row.numbers("group_ids").stream().map(GroupId::new).collect(Collectors.toUnmodifiableSet()));
    }
}
