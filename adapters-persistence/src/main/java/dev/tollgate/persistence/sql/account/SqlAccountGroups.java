package dev.tollgate.persistence.sql.account;

import dev.tollgate.application.account.AccountGroup;
import dev.tollgate.application.account.AccountGroups;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;

/** Account groups in a table. */
@Singleton
final class SqlAccountGroups implements AccountGroups {
    private final SqlTransactions transactions;

    SqlAccountGroups(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<AccountGroup> all() {
        return transactions.read(
                sql -> sql.list("SELECT * FROM account_group ORDER BY id DESC", SqlAccountGroups::group));
    }

    @Override
    public void put(AccountGroup group) {
        transactions.run(sql -> {
            sql.update("DELETE FROM account_group WHERE id = ?", group.id().value());
            sql.update(
                    "INSERT INTO account_group (id, name, platform, description) VALUES (?, ?, ?, ?)",
                    group.id().value(),
                    group.name(),
                    group.platform(),
                    group.description());
            sql.changed(Changes.Kind.ACCOUNT_GROUP, group.id().value());
        });
    }

    @Override
    public void remove(GroupId id) {
        transactions.run(sql -> {
            sql.update("DELETE FROM account_group WHERE id = ?", id.value());
            sql.changed(Changes.Kind.ACCOUNT_GROUP, id.value());
        });
    }

    private static AccountGroup group(Row row) throws SQLException {
        return new AccountGroup(
                new GroupId(row.number("id")),
                row.text("name"),
                row.textOrNull("platform"),
                row.textOrNull("description"));
    }
}
