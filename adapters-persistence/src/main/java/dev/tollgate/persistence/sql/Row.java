package dev.tollgate.persistence.sql;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row of a result, read by column in our own types; a method that cannot give null fails on it. */
public final class Row {
    private final ResultSet columns;

    Row(ResultSet columns) {
        this.columns = columns;
    }

    /** The result itself, for what the methods here do not offer. */
    public ResultSet columns() {
        return columns;
    }

    long number(int column) throws SQLException {
        return columns.getLong(column);
    }

    public long number(String column) throws SQLException {
        return columns.getLong(column);
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        long number = columns.getLong(column);
        return columns.wasNull() ? null : number;
    }

    public int integer(String column) throws SQLException {
        return columns.getInt(column);
    }

    public @Nullable Integer integerOrNull(String column) throws SQLException {
        int number = columns.getInt(column);
        return columns.wasNull() ? null : number;
    }

    public boolean flag(String column) throws SQLException {
        return columns.getBoolean(column);
    }

    public String text(String column) throws SQLException {
        return Objects.requireNonNull(columns.getString(column), column);
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return columns.getString(column);
    }

    public byte[] bytes(String column) throws SQLException {
        return Objects.requireNonNull(columns.getBytes(column), column);
    }

    public Instant instant(String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(column), column);
    }

    /** An instant kept as DATETIME(6) in UTC. */
    public @Nullable Instant instantOrNull(String column) throws SQLException {
        LocalDateTime utc = columns.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    /** An instant kept as BIGINT milliseconds since 1970. */
    public Instant instantOfMillis(String column) throws SQLException {
        return Instant.ofEpochMilli(columns.getLong(column));
    }

    public Money money(String column) throws SQLException {
        return Money.ofNanos(columns.getLong(column));
    }

    public @Nullable Money moneyOrNull(String column) throws SQLException {
        Long nanos = numberOrNull(column);
        return nanos == null ? null : Money.ofNanos(nanos);
    }

    public Cost cost(String column) throws SQLException {
        return new Cost(columns.getLong(column));
    }

    public @Nullable Multiplier multiplierOrNull(String column) throws SQLException {
        Long trillionths = numberOrNull(column);
        return trillionths == null ? null : new Multiplier(trillionths);
    }

    /** An enum constant kept by its name in lower case. */
    public <E extends Enum<E>> E constant(String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, text(column).toUpperCase(Locale.ROOT));
    }

    /** A JSON array of texts. */
    public List<String> texts(String column) throws SQLException {
        return Columns.readTexts(text(column));
    }

    /** A JSON array of whole numbers. */
    public Set<Long> numbers(String column) throws SQLException {
        return Columns.readNumbers(text(column));
    }

    /** A JSON object of texts, in its order. */
    public Map<String, String> textsByName(String column) throws SQLException {
        return Columns.readTextsByName(text(column));
    }
}
