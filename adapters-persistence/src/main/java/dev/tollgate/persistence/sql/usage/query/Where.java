package dev.tollgate.persistence.sql.usage.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a query with their values; a condition whose value is null is left out. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** @param condition with one {@code ?} for each value */
    Where and(String condition, @Nullable Object... given) {
        for (Object value : given) {
            if (value == null) {
                return this;
            }
        }
        conditions.add(condition);
        Collections.addAll(values, given);
        return this;
    }

    Where in(String column, Collection<?> given) {
        conditions.add(column + " IN (" + String.join(", ", Collections.nCopies(given.size(), "?")) + ")");
        values.addAll(given);
        return this;
    }

    /** The clause with a space before it; empty if nothing is asked. */
    String clause() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** The conditions' values, and then those of the rest of the query. */
    @Nullable
    Object[] values(Object... more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        Collections.addAll(all, more);
        return all.toArray();
    }
}
