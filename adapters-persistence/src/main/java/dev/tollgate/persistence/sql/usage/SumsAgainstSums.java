package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.DeadLetter;
import dev.tollgate.application.usage.RecordedUsage.Difference;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares every sum with another one that should be the same: users' totals and what accounts cost us with the records
 * and attempts, days with quarters of an hour, totals with days, windows with totals and with what payers paid.
 */
final class SumsAgainstSums {
    private static final List<Column> USER = List.of(Column.same("user_id"));
    private static final List<Column> KEY = List.of(Column.same("api_key_id"));
    private static final List<Column> USED =
            List.of(new Column("requests", "SUM(r.requests)"), new Column("cost_nanos", "SUM(r.cost_nanos)"));
    private static final Grouped USER_TOTALS = new Grouped("user_totals", USER, RollupTable.summed(RollupTable.TOTALS));
    private static final Grouped KEYS_USED = new Grouped("key_totals", KEY, USED);
    private static final Grouped UPSTREAM = new Grouped(
            RollupTable.UPSTREAM.name(),
            List.of(Column.same("account_id"), Column.same("bucket_start")),
            RollupTable.summed(RollupTable.UPSTREAM.sums()));
    private static final Grouped WINDOWS = new Grouped(
            "window_usage",
            List.of(Column.text("subject_kind"), Column.same("subject_id"), Column.text("window_kind")),
            USED);

    private final GrowingSums users = new GrowingSums(new Grouped("usage_record", USER, RollupTable.TOTALS));
    private final GrowingSums upstream =
            new GrowingSums(new Grouped("usage_attempt", RollupTable.UPSTREAM.keys(), RollupTable.UPSTREAM.sums()));
    private final GrowingSums payers = new GrowingSums(new Grouped(
            "usage_record",
            List.of(Column.text("payer"), Column.same("user_id"), Column.same("user_package_id")),
            List.of(new Column("requests", "SUM(r.requests)"), new Column("cost_nanos", "SUM(r.total_cost_nanos)"))));

    List<Difference> differences(Sql sql, List<DeadLetter> deadLetters) throws SQLException {
        Map<List<Object>, long[]> recorded = users.at(sql);
        List<Difference> found = new ArrayList<>(USER_TOTALS.differences(recorded, USER_TOTALS.read(sql)));
        found.addAll(UPSTREAM.differences(upstream.at(sql), UPSTREAM.read(sql)));
        for (RollupTable table : RollupTable.OF_SUMS) {
            for (SumGap gap : SumGap.all(sql, table)) {
                found.addAll(gap.differences());
            }
        }
        Map<List<Object>, long[]> windows = WINDOWS.read(sql);
        found.addAll(WINDOWS.differences(wanted(used(sql, recorded, deadLetters), windows.keySet()), windows));
        return found;
    }

    /** What each subject was used for, by kind and id. */
    private Map<List<Object>, long[]> used(Sql sql, Map<List<Object>, long[]> recorded, List<DeadLetter> deadLetters)
            throws SQLException {
        Map<List<Object>, long[]> used = new HashMap<>();
        recorded.forEach((user, sums) -> add(used, "user", user.getFirst(), sums[0], sums[sums.length - 1]));
        KEYS_USED.read(sql).forEach((key, sums) -> add(used, "key", key.getFirst(), sums[0], sums[1]));
        payers.at(sql).forEach((payer, sums) -> {
            switch ((String) payer.get(0)) {
                case "package" -> add(used, "package", payer.get(2), sums[0], sums[1]);
                case "credit" -> add(used, "credit", payer.get(1), sums[0], sums[1]);
                default -> {} // nobody's balance
            }
        });
        for (DeadLetter letter : deadLetters) {
            Used added = letter.added();
            for (SubjectWindows of : letter.settlement().ticket().windows()) {
                String kind = of.subject().kind().name().toLowerCase(Locale.ROOT);
                add(
                        used,
                        kind,
                        of.subject().id(),
                        added.requests(),
                        added.cost().nanos());
            }
        }
        return used;
    }

    private static void add(Map<List<Object>, long[]> used, String kind, Object id, long requests, long nanos) {
        used.merge(List.of(kind, id), new long[] {requests, nanos}, (one, other) ->
                new long[] {Math.addExact(one[0], other[0]), Math.addExact(one[1], other[1])});
    }

    /** Each kind of window a subject has must add up to all its use. Which kinds a package has its type says. */
    private static Map<List<Object>, long[]> wanted(Map<List<Object>, long[]> used, Set<List<Object>> windows) {
        Map<List<Object>, long[]> wanted = new HashMap<>();
        Set<List<Object>> subjects = new HashSet<>();
        for (List<Object> window : windows) {
            List<Object> subject = window.subList(0, 2);
            subjects.add(subject);
            wanted.put(window, used.getOrDefault(subject, new long[USED.size()]));
        }
        used.forEach((subject, sums) -> {
            if (!subject.getFirst().equals("package") || !subjects.contains(subject)) {
                wanted.put(List.of(subject.get(0), subject.get(1), "total"), sums);
            }
        });
        return wanted;
    }
}
