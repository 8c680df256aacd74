package dev.tollgate.web.admin;

import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Pages of a list that is short enough to be read whole. */
public final class InMemoryPage {
    private InMemoryPage() {}

    /** @param orders by the fields the list can be sorted by; without one it keeps its order */
    public static <T> Page<T> of(
            List<T> all, PageQuery query, Function<T, String> name, Map<String, Comparator<T>> orders) {
        String search = query.search() == null ? "" : query.search().toLowerCase(Locale.ROOT);
        List<T> found = all.stream()
                .filter(item -> name.apply(item).toLowerCase(Locale.ROOT).contains(search))
                .toList();
        Comparator<T> order = query.sort() == null ? null : orders.get(query.sort());
        if (order != null) {
            found = found.stream()
                    .sorted(query.descending() ? order.reversed() : order)
                    .toList();
        }
        List<T> items =
                found.stream().skip(query.offset()).limit(query.pageSize()).toList();
        return new Page<>(items, found.size());
    }
}
