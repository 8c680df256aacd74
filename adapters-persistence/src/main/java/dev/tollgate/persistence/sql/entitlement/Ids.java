package dev.tollgate.persistence.sql.entitlement;

import java.util.Collection;
import java.util.Collections;
import java.util.function.ToLongFunction;

/** A list of ids as the values of an {@code IN (…)}. */
final class Ids {
    private Ids() {}

    static String marks(Collection<?> ids) {
        return String.join(", ", Collections.nCopies(ids.size(), "?"));
    }

    static <T> Object[] of(Collection<T> ids, ToLongFunction<T> value) {
        return ids.stream().map(value::applyAsLong).toArray();
    }
}
