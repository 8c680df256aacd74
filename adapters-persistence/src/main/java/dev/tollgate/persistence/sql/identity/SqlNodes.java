package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Nodes;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Nodes in a table: a row for each id, locked while a process looks whose it is. */
@Singleton
final class SqlNodes implements Nodes {
    private final SqlTransactions transactions;

    SqlNodes(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean tell(Node node, String former) {
        return transactions.write(sql -> {
            insertIfNew(sql, node);
            Node present = sql.first("SELECT * FROM node WHERE id = ? FOR UPDATE", SqlNodes::node, node.id())
                    .orElseThrow();
            boolean isOurs =
                    present.mark().equals(node.mark()) || present.mark().equals(former);
            if (!isOurs && !present.isGone(node.seenAt())) {
                return false;
            }
            sql.update(
                    "UPDATE node SET mark = ?, version = ?, started_at = ?, seen_at = ?, status = ?, obstacles = ?,"
                            + " in_flight = ?, journal_pending = ?, clock_offset_millis = ? WHERE id = ?",
                    node.mark(),
                    node.version(),
                    node.startedAt(),
                    node.seenAt(),
                    node.status(),
                    node.obstacles(),
                    node.inFlight(),
                    node.journalPending(),
                    node.clockOffset().toMillis(),
                    node.id());
            return true;
        });
    }

    private static void insertIfNew(Sql sql, Node node) throws SQLException {
        sql.update(
                "INSERT INTO node (id, mark, version, started_at, seen_at, status, obstacles, in_flight,"
                        + " journal_pending, clock_offset_millis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE in_flight = in_flight",
                node.id(),
                node.mark(),
                node.version(),
                node.startedAt(),
                node.seenAt(),
                node.status(),
                node.obstacles(),
                node.inFlight(),
                node.journalPending(),
                node.clockOffset().toMillis());
    }

    @Override
    public List<Node> all() {
        return transactions.read(sql -> sql.list("SELECT * FROM node ORDER BY id", SqlNodes::node));
    }

    @Override
    public void remove(Node node) {
        transactions.run(sql -> sql.update("DELETE FROM node WHERE id = ? AND mark = ?", node.id(), node.mark()));
    }

    @Override
    public void forget(Instant seenBefore) {
        transactions.run(sql -> sql.update("DELETE FROM node WHERE seen_at < ?", seenBefore));
    }

    private static Node node(Row row) throws SQLException {
        return new Node(
                row.text("id"),
                row.text("mark"),
                row.text("version"),
                row.instant("started_at"),
                row.instant("seen_at"),
                row.constant("status", Status.class),
                row.texts("obstacles"),
                row.number("in_flight"),
                row.number("journal_pending"),
                Duration.ofMillis(row.number("clock_offset_millis")));
    }
}
