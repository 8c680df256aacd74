package dev.tollgate.application.usage;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.RecordedUsage.Difference;
import dev.tollgate.application.usage.RecordedUsage.Sums;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Window;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Records first, then the sums of them, then each shard of the live store, then the journal. */
public final class AuditUsageService implements AuditUsage {
    private static final int LOOKS_MAX = 40;
    private static final long LOOK_EVERY_NANOS = 25_000_000;

    /** Counters are compared with every entry that waits; with more than these they are left for the next time. */
    private static final long BACKLOG_MAX = 10_000;

    private final RecordedUsage recorded;
    private final LiveCounters stream;
    private final UsageJournal journal;
    private final CloseCalls closeCalls;
    private final PriceBook priceBook;
    private final AuditedCounters counters;
    private final AuditedTotals totals;

    public AuditUsageService(
            RecordedUsage recorded,
            UsageLedger ledger,
            LiveCounters stream,
            UsageJournal journal,
            CloseCalls closeCalls,
            PriceBook priceBook,
            LiveTotals totals,
            RecordedTotals recordedTotals,
            InstantSource clock) {
        this.recorded = recorded;
        this.stream = stream;
        this.journal = journal;
        this.closeCalls = closeCalls;
        this.priceBook = priceBook;
        this.counters = new AuditedCounters(stream, ledger, clock);
        this.totals = new AuditedTotals(totals, recordedTotals, stream, clock);
    }

    @Override
    public Audit audit() {
        Findings findings = new Findings();
        AuditedRecords records = new AuditedRecords(priceBook, findings);
        Sums sums = recorded.read(records::add);
        sums.deadLetters().forEach(records::add);
        compareSums(sums.differences(), findings);
        WindowGap.between(records.windows(), sums.windows())
                .forEach(gap -> compare(
                        findings, Invariant.SUMMED, "window_usage " + gap.name(), gap.expected(), gap.actual()));
        compareBalances(records, sums, findings);
        compareGrants(findings);
        counters.compare(findings);
        totals.compare(findings);
        compareJournal(findings);
        return findings.audit();
    }

    @Override
    public Audit auditSums() {
        Findings findings = new Findings();
        compareSums(recorded.differences(), findings);
        compareGrants(findings);
        if (stream.backlog() <= BACKLOG_MAX) {
            counters.compare(findings);
            totals.compare(findings);
        }
        compareJournal(findings);
        return findings.audit();
    }

    @Override
    public Audit auditJournal() {
        Findings findings = new Findings();
        compareJournal(findings);
        return findings.audit();
    }

    private static void compareSums(List<Difference> differences, Findings findings) {
        differences.forEach(difference ->
                findings.compare(Invariant.SUMMED, difference.what(), difference.expected(), difference.actual()));
    }

    /** What a balance subtracts from its grants is its window of all time, where it has one. */
    private static void compareBalances(AuditedRecords records, Sums sums, Findings findings) {
        records.paid().forEach((subject, paid) -> {
            Used subtracted = sums.windows().getOrDefault(subject, Map.of()).get(Window.TOTAL.key());
            if (subtracted != null) {
                compare(findings, Invariant.BALANCED, WindowGap.name(subject, Window.TOTAL.key()), paid, subtracted);
            }
        });
    }

    /** What is granted stands in the ledgers of credit and packages, line by line. */
    private void compareGrants(Findings findings) {
        recorded.grants()
                .forEach(difference -> findings.compare(
                        Invariant.BALANCED, difference.what(), difference.expected(), difference.actual()));
    }

    private static void compare(Findings findings, Invariant invariant, String name, Used expected, Used actual) {
        findings.compare(invariant, name + " cost", expected.cost(), actual.cost());
        findings.compare(invariant, name + " requests", expected.requests(), actual.requests());
    }

    /**
     * A call that is open in the journal is held or on its way, or another node moved it into SQL and this one does not
     * know yet. It may be none of these for a moment, so a surplus counts only if it stays.
     */
    private void compareJournal(Findings findings) {
        long open = journal.pending();
        long accounted = accounted();
        for (int looks = 1; open > accounted && looks < LOOKS_MAX; looks++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            var unused = closeCalls.close();
            open = journal.pending();
            accounted = accounted();
        }
        findings.require(
                Invariant.SENT, "calls open in the journal", open <= accounted, "at most " + accounted, "" + open);
    }

    private long accounted() {
        return stream.openHolds() + stream.backlog();
    }
}
