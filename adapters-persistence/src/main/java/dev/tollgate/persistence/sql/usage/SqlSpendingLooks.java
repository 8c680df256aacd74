package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.alert.SpendingLooks;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.codec.WindowsText;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Looks at the records by their batch ids. A shard's batches are drawn one after the other under its row's lock, so all
 * below the number that is committed are committed too, or will never be.
 */
@Singleton
final class SqlSpendingLooks implements SpendingLooks {
    private static final String NEWS = "SELECT s.shard, s.batches, COALESCE(l.batches, 0) AS seen FROM shard_state s"
            + " LEFT JOIN alert_look l ON l.shard = s.shard WHERE s.batches > COALESCE(l.batches, 0) ORDER BY s.shard";
    private static final String WINDOW =
            "(subject_kind = ? AND subject_id = ? AND window_kind = ? AND window_start = ?)";
    private static final int AT_ONCE = 100;

    private final SqlTransactions transactions;

    SqlSpendingLooks(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Look> next(int batchesMax) {
        return transactions.read(sql -> {
            List<Look> looks = new ArrayList<>();
            for (News news : sql.list(NEWS, News::of)) {
                long upTo = Math.min(news.batches(), news.seen() + batchesMax);
                looks.add(new Look(news.shard(), upTo, touched(sql, news.shard(), news.seen(), upTo)));
            }
            return looks;
        });
    }

    private static Set<Touched> touched(Sql sql, int shard, long seen, long upTo) throws SQLException {
        Object[] batches = LongStream.rangeClosed(seen + 1, upTo)
                .mapToObj(number -> ShardState.batchId(shard, number))
                .toArray();
        List<Windows> windows = sql.list(
                "SELECT DISTINCT user_id, windows FROM usage_record WHERE batch_id IN (" + places(batches.length) + ")",
                Windows::of,
                batches);
        Set<Window> wanted = new LinkedHashSet<>();
        windows.forEach(of -> of.addTo(wanted));
        Map<Window, Money> used = used(sql, List.copyOf(wanted));
        Set<Touched> touched = new HashSet<>();
        used.forEach((window, money) -> touched.add(new Touched(window.user(), window.subject(), window.key(), money)));
        return touched;
    }

    private static Map<Window, Money> used(Sql sql, List<Window> windows) throws SQLException {
        Map<Window, Money> used = new HashMap<>();
        for (int from = 0; from < windows.size(); from += AT_ONCE) {
            List<Window> some = windows.subList(from, Math.min(windows.size(), from + AT_ONCE));
            List<Object> values = new ArrayList<>();
            some.forEach(window -> window.addTo(values));
            Map<String, Money> found = new HashMap<>();
            sql.list(
                            "SELECT * FROM window_usage WHERE "
                                    + String.join(" OR ", Collections.nCopies(some.size(), WINDOW)),
                            SqlSpendingLooks::line,
                            values.toArray())
                    .forEach(line -> found.put(line.getKey(), line.getValue()));
            some.forEach(window -> used.put(window, found.getOrDefault(window.name(), Money.ZERO)));
        }
        return used;
    }

    private static Map.Entry<String, Money> line(Row row) throws SQLException {
        String name = row.text("subject_kind") + ":" + row.number("subject_id") + "=" + row.text("window_kind") + ":"
                + row.number("window_start");
        return Map.entry(name, row.money("cost_nanos"));
    }

    @Override
    public Map<UserId, CreditLook> credits(Collection<UserId> users) {
        Map<UserId, CreditLook> credits = new HashMap<>();
        List<UserId> all = List.copyOf(users);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<UserId> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            transactions
                    .read(sql -> sql.list(
                            "SELECT * FROM alert_credit WHERE user_id IN (" + places(some.size()) + ")",
                            SqlSpendingLooks::credit,
                            some.stream().map(UserId::value).toArray()))
                    .forEach(credit -> credits.put(credit.user(), credit));
        }
        return credits;
    }

    @Override
    public void seen(Look look, Collection<CreditLook> credits) {
        transactions.run(sql -> {
            for (CreditLook credit : credits) {
                sql.update(
                        "INSERT INTO alert_credit (user_id, version, base, used) VALUES (?, ?, ?, ?) ON DUPLICATE KEY"
                                + " UPDATE version = VALUES(version), base = VALUES(base), used = VALUES(used)",
                        credit.user().value(),
                        credit.version(),
                        credit.base(),
                        credit.used());
            }
            sql.update(
                    "INSERT INTO alert_look (shard, batches) VALUES (?, ?)"
                            + " ON DUPLICATE KEY UPDATE batches = GREATEST(batches, VALUES(batches))",
                    look.shard(),
                    look.upTo());
        });
    }

    private static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private static CreditLook credit(Row row) throws SQLException {
        return new CreditLook(
                new UserId(row.number("user_id")), row.number("version"), row.money("base"), row.money("used"));
    }

    private record News(int shard, long batches, long seen) {
        static News of(Row row) throws SQLException {
            return new News(row.integer("shard"), row.number("batches"), row.number("seen"));
        }
    }

    /** What one record says of the windows it counts in. */
    private record Windows(UserId user, String text) {
        static Windows of(Row row) throws SQLException {
            return new Windows(new UserId(row.number("user_id")), row.text("windows"));
        }

        void addTo(Set<Window> wanted) {
            for (SubjectWindows of : WindowsText.read(text)) {
                SubjectKind kind = of.subject().kind();
                if (kind == SubjectKind.PACKAGE || kind == SubjectKind.CREDIT) {
                    of.windows().forEach(key -> wanted.add(new Window(user, of.subject(), key)));
                }
            }
        }
    }

    private record Window(UserId user, Subject subject, WindowKey key) {
        String name() {
            return WindowsText.named(subject) + "=" + WindowsText.named(key);
        }

        void addTo(List<Object> values) {
            values.add(subject.kind());
            values.add(subject.id());
            values.add(key.kind());
            values.add(key.startEpochSecond());
        }
    }
}
