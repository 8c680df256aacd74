package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation log in a table that is only ever added to. */
@Singleton
final class SqlOperationLog implements OperationLog {
    private static final String COLUMNS = "id, occurred_at, user_id, username, action, path, subject, subject_id,"
            + " before_state, after_state, client_ip, request_id";

    private final SqlTransactions transactions;

    SqlOperationLog(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(Operation operation) {
        transactions.run(sql -> sql.update(
                "INSERT INTO operation_log (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                operation.id(),
                operation.at(),
                operation.userId().value(),
                operation.username(),
                operation.action(),
                operation.path(),
                operation.subject(),
                operation.subjectId(),
                operation.before(),
                operation.after(),
                operation.clientAddress(),
                operation.requestId()));
    }

    @Override
    public List<Operation> list(@Nullable Long before, int limit) {
        long below = before == null ? Long.MAX_VALUE : before;
        return transactions.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM operation_log WHERE id < ? ORDER BY id DESC LIMIT ?",
                SqlOperationLog::read,
                below,
                limit));
    }

    private static Operation read(Row row) throws SQLException {
        return new Operation(
                row.number("id"),
                row.instant("occurred_at"),
                new UserId(row.number("user_id")),
                row.text("username"),
                row.text("action"),
                row.text("path"),
                row.text("subject"),
                row.textOrNull("subject_id"),
                row.textOrNull("before_state"),
                row.textOrNull("after_state"),
                row.text("client_ip"),
                row.text("request_id"));
    }
}
