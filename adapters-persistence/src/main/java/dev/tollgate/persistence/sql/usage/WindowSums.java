package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a batch adds to windows, in one order for all who write them. */
final class WindowSums {
    private static final Comparator<Key> ORDER = Comparator.comparing(
                    (Key key) -> key.subject().kind())
            .thenComparingLong(key -> key.subject().id())
            .thenComparing(key -> key.window().kind())
            .thenComparingLong(key -> key.window().startEpochSecond());

    private final Map<Key, Used> sums = new TreeMap<>(ORDER);

    void add(List<SubjectWindows> windows, long requests, long nanos) {
        Used added = new Used(requests, Money.ofNanos(nanos));
        for (SubjectWindows of : windows) {
            of.windows().forEach(window -> sums.merge(new Key(of.subject(), window), added, Used::plus));
        }
    }

    void write(Sql sql) throws SQLException {
        List<@Nullable Object[]> rows = sums.entrySet().stream()
                .map(sum -> values(sum.getKey(), sum.getValue()))
                .toList();
        sql.insert(Statements.WINDOW, rows, Statements.WINDOW_ADDED);
    }

    private static @Nullable Object[] values(Key key, Used sum) {
        return new Object[] {
            key.subject().kind(),
            key.subject().id(),
            key.window().kind(),
            key.window().startEpochSecond(),
            sum.requests(),
            sum.cost()
        };
    }

    private record Key(Subject subject, WindowKey window) {}
}
