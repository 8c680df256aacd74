package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.DeadLetter;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the dead letters, each with what an orphan of its call has in the sums. */
final class DeadLetters {
    private static final String ALL = "SELECT d.settlement_json, r.entry, r.account_id, r.requests, r.errors,"
            + " r.input_tokens, r.output_tokens, r.cache_read_tokens,"
            + " r.cache_write_5m_tokens + r.cache_write_1h_tokens AS cache_write_tokens, r.total_cost_nanos"
            + " FROM dead_letter d LEFT JOIN usage_record r ON r.request_id = d.request_id AND r.entry = 0";

    private DeadLetters() {}

    static List<DeadLetter> all(Sql sql) throws SQLException {
        return sql.list(ALL, DeadLetters::letter);
    }

    static List<DeadLetter> of(Sql sql, int shard) throws SQLException {
        return sql.list(ALL + " WHERE d.shard = ?", DeadLetters::letter, shard);
    }

    private static DeadLetter letter(Row row) throws SQLException {
        Settlement settlement =
                UsageCodec.settlement(row.text("settlement_json").getBytes(StandardCharsets.UTF_8));
        return new DeadLetter(settlement, orphan(settlement, row));
    }

    private static @Nullable Counts orphan(Settlement settlement, Row row) throws SQLException {
        if (row.numberOrNull("entry") == null) {
            return null;
        }
        Counts whole = Counts.of(settlement);
        long account = row.number("account_id");
        return new Counts(
                whole.user(),
                whole.key(),
                account == 0 ? null : new AccountId(account),
                whole.day(),
                new Totals(
                        row.number("requests"),
                        row.number("errors"),
                        row.number("input_tokens"),
                        row.number("output_tokens"),
                        row.number("cache_read_tokens"),
                        row.number("cache_write_tokens"),
                        row.money("total_cost_nanos"),
                        whole.added().lastUsedAt()));
    }
}
