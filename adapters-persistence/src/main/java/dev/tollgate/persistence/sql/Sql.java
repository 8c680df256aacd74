package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Changes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements inside one transaction. Values go in as parameters only: money, ids, enums, instants, sets and lists in
 * their column form (see {@link Columns}).
 */
public final class Sql {
    /** Few sizes, so that few statements are to be known by heart. */
    private static final int[] ROWS_AT_ONCE = {100, 10, 1};

    private final Connection connection;
    private final List<Changes.Change> changes = new ArrayList<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** The transaction's connection, for what the methods here do not offer. */
    public Connection connection() {
        return connection;
    }

    /** Runs an insert, update or delete. */
    public void update(String statement, @Nullable Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, 0, values);
            prepared.executeUpdate();
        }
    }

    /** Runs an insert, update or delete; returns how many rows the driver counts. */
    public int updated(String statement, @Nullable Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, 0, values);
            return prepared.executeUpdate();
        }
    }

    /** Runs one statement for each row of values. */
    public void batch(String statement, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (@Nullable Object[] row : rows) {
                bind(prepared, 0, row);
                prepared.addBatch();
            }
            prepared.executeBatch();
        }
    }

    /**
     * Inserts rows, many by one statement: the driver's own way binds each value twice.
     *
     * @param into up to and with the names of the columns
     * @param after what follows the rows' values, such as what is to be done with a row that is there
     */
    public void insert(String into, List<@Nullable Object[]> rows, String after) throws SQLException {
        int done = 0;
        for (int atOnce : ROWS_AT_ONCE) {
            while (rows.size() - done >= atOnce) {
                insertOnce(into, rows.subList(done, done + atOnce), after);
                done += atOnce;
            }
        }
    }

    private void insertOnce(String into, List<@Nullable Object[]> rows, String after) throws SQLException {
        int columns = rows.getFirst().length;
        String places = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        String values = String.join(", ", Collections.nCopies(rows.size(), places));
        try (PreparedStatement prepared = connection.prepareStatement(into + " VALUES " + values + after)) {
            int bound = 0;
            for (@Nullable Object[] row : rows) {
                bind(prepared, bound, row);
                bound += columns;
            }
            prepared.executeUpdate();
        }
    }

    /** All rows of a query, each read by {@code reader}. */
    public <T> List<T> list(String query, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            bind(prepared, 0, values);
            try (ResultSet found = prepared.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(found);
                while (found.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> first(String query, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> rows = list(query, reader, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** The single number a query gives, such as a count; 0 if it gives null or no row. */
    public long number(String query, @Nullable Object... values) throws SQLException {
        return first(query, row -> row.number(1), values).orElse(0L);
    }

    /** Leaves a notice of an edit; it commits with this transaction and reaches listeners right after. */
    public void changed(Changes.Kind kind, long id) {
        changes.add(new Changes.Change(kind, id));
    }

    List<Changes.Change> changes() {
        return changes;
    }

    private static void bind(PreparedStatement prepared, int bound, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = Columns.toColumn(values[i]);
            int place = bound + i + 1;
            switch (value) {
                case Long number -> prepared.setLong(place, number);
                case String text -> prepared.setString(place, text);
                case null, default -> prepared.setObject(place, value);
            }
        }
    }

    /** Makes a value of a row. */
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }
}
