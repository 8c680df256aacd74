package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.codec.WindowsText;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads records and sums as they are at one moment, while others write on. */
@Singleton
final class SqlRecordedUsage implements RecordedUsage {
    /** How long the database may be silent: everything is read. */
    private static final Duration READING = Duration.ofMinutes(10);

    private static final int ENTRIES_AT_ONCE = 5_000;
    private static final byte[] BEFORE_ALL = new byte[0];

    private final SqlTransactions transactions;
    private final SumsAgainstSums sums = new SumsAgainstSums();

    SqlRecordedUsage(SqlTransactions transactions) {
        this.transactions = transactions.patient(READING);
    }

    @Override
    public Sums read(Consumer<Folded> each) {
        return transactions.ofOneMoment(sql -> {
            readRecords(sql, each);
            List<Difference> differences = new ArrayList<>();
            for (RollupTable table : RollupTable.ALL) {
                SumGap.all(sql, table).forEach(gap -> differences.addAll(gap.differences()));
            }
            return new Sums(differences, windows(sql), DeadLetters.all(sql));
        });
    }

    @Override
    public List<Difference> differences() {
        return transactions.ofOneMoment(sql -> sums.differences(sql, DeadLetters.all(sql)));
    }

    @Override
    public List<Difference> grants() {
        return transactions.ofOneMoment(GrantSums::differences);
    }

    @Override
    public List<Difference> repair(BooleanSupplier mayWrite) {
        List<SumGap> gaps = transactions.ofOneMoment(sql -> {
            List<SumGap> all = new ArrayList<>();
            for (RollupTable table : RollupTable.ALL) {
                all.addAll(SumGap.all(sql, table));
            }
            return all;
        });
        List<Difference> repaired = new ArrayList<>();
        for (SumGap gap : gaps) {
            if (!mayWrite.getAsBoolean()) {
                break;
            }
            transactions.run(sql -> {
                sql.update(gap.table().correct(), gap.missing());
                sql.update(gap.table().removeEmpty(), gap.key().toArray());
            });
            repaired.addAll(gap.differences());
        }
        return repaired;
    }

    @Override
    public void add(Map<Subject, Map<WindowKey, Used>> missing) {
        WindowSums windows = new WindowSums();
        missing.forEach((subject, of) -> of.forEach((window, used) -> windows.add(
                List.of(new SubjectWindows(subject, List.of(window))),
                used.requests(),
                used.cost().nanos())));
        transactions.run(windows::write);
    }

    private static void readRecords(Sql sql, Consumer<Folded> each) throws SQLException {
        byte[] after = BEFORE_ALL;
        List<Entry> entries;
        do {
            entries = sql.list(
                    "SELECT * FROM usage_record WHERE request_id > ? ORDER BY request_id, entry LIMIT ?",
                    Entry::of,
                    after,
                    ENTRIES_AT_ONCE);
            boolean isLastPage = entries.size() < ENTRIES_AT_ONCE;
            List<List<Entry>> calls = byCall(entries);
            for (List<Entry> call : isLastPage ? calls : calls.subList(0, calls.size() - 1)) {
                each.accept(folded(call));
                after = RequestIds.bytes(call.getFirst().id());
            }
        } while (entries.size() == ENTRIES_AT_ONCE);
    }

    private static List<List<Entry>> byCall(List<Entry> entries) {
        List<List<Entry>> calls = new ArrayList<>();
        for (Entry entry : entries) {
            boolean isNext = calls.isEmpty() || !calls.getLast().getFirst().id().equals(entry.id());
            if (isNext) {
                calls.add(new ArrayList<>());
            }
            calls.getLast().add(entry);
        }
        return calls;
    }

    private static Folded folded(List<Entry> entries) {
        Folded last = entries.getLast().folded();
        long requests = 0;
        long attempts = 0;
        Money cost = Money.ZERO;
        boolean isGapless = true;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            isGapless &= entry.number() == i;
            requests += entry.folded().requests();
            attempts += entry.folded().attempts();
            cost = cost.plus(entry.folded().cost());
        }
        return new Folded(
                last.id(),
                isGapless,
                requests,
                attempts,
                cost,
                last.isOrphan(),
                last.payer(),
                last.priceVersion(),
                last.multiplier(),
                last.usage(),
                last.items(),
                last.windows());
    }

    private static Map<Subject, Map<WindowKey, Used>> windows(Sql sql) throws SQLException {
        Map<Subject, Map<WindowKey, Used>> windows = new HashMap<>();
        for (WindowRow row : sql.list("SELECT * FROM window_usage", WindowRow::of)) {
            windows.computeIfAbsent(row.subject(), absent -> new HashMap<>()).put(row.window(), row.used());
        }
        return windows;
    }

    private record WindowRow(Subject subject, WindowKey window, Used used) {
        static WindowRow of(Row row) throws SQLException {
            return new WindowRow(
                    new Subject(row.constant("subject_kind", SubjectKind.class), row.number("subject_id")),
                    new WindowKey(row.constant("window_kind", WindowKind.class), row.number("window_start")),
                    new Used(row.number("requests"), row.money("cost_nanos")));
        }
    }

    /** One row of a record, in the form of the whole. */
    private record Entry(RequestId id, int number, Folded folded) {
        static Entry of(Row row) throws SQLException {
            RequestId id = RequestIds.of(row.bytes("request_id"));
            return new Entry(
                    id,
                    row.integer("entry"),
                    new Folded(
                            id,
                            true,
                            row.number("requests"),
                            row.number("attempts"),
                            row.money("total_cost_nanos"),
                            row.text("status").equals("orphan"),
                            payer(row),
                            new PriceVersionId(row.number("price_version")),
                            new Multiplier(row.number("multiplier_trillionths")),
                            UsageCodec.usage(row.text("usage_json")),
                            UsageCodec.lineItems(row.text("line_items_json")),
                            WindowsText.read(row.text("windows"))));
        }

        private static Payer payer(Row row) throws SQLException {
            return switch (row.text("payer")) {
                case "package" -> new Payer.OfPackage(new UserPackageId(row.number("user_package_id")));
                case "credit" -> new Payer.OfCredit(new UserId(row.number("user_id")));
                default -> new Payer.Metered();
            };
        }
    }
}
