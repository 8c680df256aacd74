package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A call's attempts out of {@code usage_attempt}, their entries added up. */
final class AttemptRows {
    private static final String QUERY = """
            SELECT attempt, MAX(account_id) AS account_id, MAX(account_type) AS account_type,
              MAX(upstream_model) AS upstream_model, MIN(started_at) AS started_at, MAX(ended_at) AS ended_at,
              MAX(http_status) AS http_status, MAX(failure) AS failure, SUM(input_tokens) AS input_tokens,
              SUM(output_tokens) AS output_tokens, SUM(cache_read_tokens) AS cache_read_tokens,
              SUM(cache_write_5m_tokens) AS cache_write_5m_tokens, SUM(cache_write_1h_tokens) AS cache_write_1h_tokens,
              SUM(upstream_cost_picos) AS upstream_cost_picos
            FROM usage_attempt WHERE request_id = ? GROUP BY attempt ORDER BY attempt""";

    private AttemptRows() {}

    static List<AttemptRecord> read(Sql sql, byte[] requestId) throws SQLException {
        return sql.list(QUERY, AttemptRows::attempt, requestId);
    }

    private static AttemptRecord attempt(Row row) throws SQLException {
        return new AttemptRecord(
                row.integer("attempt"),
                new AccountId(row.number("account_id")),
                type(row.text("account_type")),
                row.text("upstream_model"),
                row.instantOfMillis("started_at"),
                row.instantOfMillis("ended_at"),
                row.integerOrNull("http_status"),
                row.textOrNull("failure"),
                tokens(row),
                Cost.ofPicos(row.number("upstream_cost_picos")));
    }

    private static AccountType type(String wireName) {
        return AccountType.of(wireName).orElseThrow(() -> new IllegalStateException("unknown type: " + wireName));
    }

    private static TokenUsage tokens(Row row) throws SQLException {
        return new TokenUsage(Map.of(
                TokenClass.INPUT, row.number("input_tokens"),
                TokenClass.OUTPUT, row.number("output_tokens"),
                TokenClass.CACHE_READ, row.number("cache_read_tokens"),
                TokenClass.CACHE_WRITE_5M, row.number("cache_write_5m_tokens"),
                TokenClass.CACHE_WRITE_1H, row.number("cache_write_1h_tokens")));
    }
}
