package dev.tollgate.application.usage;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.RecordedUsage.Sums;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Records first, then the sums of them, then each shard of the live store, then the journal. */
public final class AuditUsageService implements AuditUsage {
    private static final Used NOTHING = new Used(0, Money.ZERO);
    private static final int LOOKS_MAX = 500;
    private static final long LOOK_EVERY_NANOS = 1_000_000;

    private final RecordedUsage recorded;
    private final UsageLedger ledger;
    private final UsageStream stream;
    private final UsageJournal journal;
    private final PriceBook priceBook;

    public AuditUsageService(
            RecordedUsage recorded, UsageLedger ledger, UsageStream stream, UsageJournal journal, PriceBook priceBook) {
        this.recorded = recorded;
        this.ledger = ledger;
        this.stream = stream;
        this.journal = journal;
        this.priceBook = priceBook;
    }

    @Override
    public Audit audit() {
        Findings findings = new Findings();
        AuditedRecords records = new AuditedRecords(priceBook, findings);
        Sums sums = recorded.read(records::add);
        sums.deadLetters().forEach(records::add);
        compareSums(records, sums, findings);
        compareBalances(records, sums, findings);
        for (int shard = 0; shard < stream.shards(); shard++) {
            compareShard(shard, findings);
        }
        compareJournal(findings);
        return findings.audit();
    }

    private static void compareSums(AuditedRecords records, Sums sums, Findings findings) {
        sums.differences()
                .forEach(difference -> findings.compare(
                        Invariant.SUMMED, difference.what(), difference.expected(), difference.actual()));
        Set<Subject> subjects = new HashSet<>(records.windows().keySet());
        subjects.addAll(sums.windows().keySet());
        for (Subject subject : subjects) {
            Map<WindowKey, Used> expected = records.windows().getOrDefault(subject, Map.of());
            Map<WindowKey, Used> actual = sums.windows().getOrDefault(subject, Map.of());
            Set<WindowKey> windows = new HashSet<>(expected.keySet());
            windows.addAll(actual.keySet());
            windows.forEach(window -> compare(
                    findings,
                    Invariant.SUMMED,
                    "window_usage " + name(subject, window),
                    expected.getOrDefault(window, NOTHING),
                    actual.getOrDefault(window, NOTHING)));
        }
    }

    /** What a balance subtracts from its grants is its window of all time, where it has one. */
    private static void compareBalances(AuditedRecords records, Sums sums, Findings findings) {
        records.paid().forEach((subject, paid) -> {
            Used subtracted = sums.windows().getOrDefault(subject, Map.of()).get(Window.TOTAL.key());
            if (subtracted != null) {
                compare(findings, Invariant.BALANCED, name(subject, Window.TOTAL.key()), paid, subtracted);
            }
        });
    }

    private static void compare(Findings findings, Invariant invariant, String name, Used expected, Used actual) {
        findings.compare(invariant, name + " cost", expected.cost(), actual.cost());
        findings.compare(invariant, name + " requests", expected.requests(), actual.requests());
    }

    private void compareShard(int shard, Findings findings) {
        Set<Subject> subjects = stream.snapshot(shard).counters().keySet();
        boolean done = ledger.seed(shard, subjects, seed -> {
            ShardSnapshot snapshot = stream.snapshot(shard);
            new AuditedShard(snapshot.only(subjects), seed, findings).compare();
            return true;
        });
        assert done;
    }

    /**
     * A call that is open in the journal is held or on its way. It is neither for the moment between its commit and its
     * closing, so a surplus counts only if it stays.
     */
    private void compareJournal(Findings findings) {
        long open = journal.pending();
        long accounted = accounted();
        for (int looks = 1; open > accounted && looks < LOOKS_MAX; looks++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            open = journal.pending();
            accounted = accounted();
        }
        findings.require(
                Invariant.SENT, "calls open in the journal", open <= accounted, "at most " + accounted, "" + open);
    }

    private long accounted() {
        return stream.openHolds() + stream.backlog();
    }

    static String name(Subject subject, WindowKey window) {
        return (subject.kind() + " " + subject.id() + " " + window.kind() + " ").toLowerCase(Locale.ROOT)
                + window.startEpochSecond();
    }
}
