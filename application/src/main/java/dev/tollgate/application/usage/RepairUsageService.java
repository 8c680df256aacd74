package dev.tollgate.application.usage;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.RecordedUsage.Sums;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** SQL's sums first, for live counters are compared with them; one repair at a time over all nodes. */
public final class RepairUsageService implements RepairUsage {
    private static final String LEASE = "usage-repair";

    /** From one writing to the next; two repairs at once would add the same difference twice. */
    private static final Duration LEASE_TIME = Duration.ofMinutes(10);

    private final RecordedUsage recorded;
    private final PriceBook priceBook;
    private final Leases leases;
    private final AuditUsage audit;
    private final AuditedCounters counters;
    private final AuditedTotals totals;

    public RepairUsageService(
            RecordedUsage recorded,
            UsageLedger ledger,
            LiveCounters stream,
            PriceBook priceBook,
            Leases leases,
            AuditUsage audit,
            LiveTotals totals,
            RecordedTotals recordedTotals,
            InstantSource clock) {
        this.recorded = recorded;
        this.priceBook = priceBook;
        this.leases = leases;
        this.audit = audit;
        this.counters = new AuditedCounters(stream, ledger, clock);
        this.totals = new AuditedTotals(totals, recordedTotals, stream, clock);
    }

    @Override
    public Repair repair() {
        Optional<Leases.Lease> lease = leases.take(LEASE, LEASE_TIME);
        if (lease.isEmpty()) {
            return new Repair.Busy();
        }
        try {
            BooleanSupplier isStillOurs =
                    () -> leases.renew(lease.get(), LEASE_TIME).isPresent();
            List<Change> changes = new ArrayList<>();
            for (RecordedUsage.Difference sum : recorded.repair(isStillOurs)) {
                changes.add(new Change(sum.what(), String.valueOf(sum.actual()), String.valueOf(sum.expected())));
            }
            repairWindows(changes, isStillOurs);
            if (!isStillOurs.getAsBoolean()) {
                return new Repair.Busy(); // another began while this one read; it finds what is left
            }
            repairCounters(changes);
            totals.correct().forEach(gap -> note(changes, gap.name(), gap.actual(), gap.expected()));
            return new Repair.Done(changes, audit.audit());
        } finally {
            leases.giveBack(lease.get());
        }
    }

    private void repairWindows(List<Change> changes, BooleanSupplier isStillOurs) {
        AuditedRecords records = new AuditedRecords(priceBook, new Findings());
        Sums sums = recorded.read(records::add);
        sums.deadLetters().forEach(records::add);
        List<WindowGap> open = WindowGap.between(records.windows(), sums.windows()).stream()
                .filter(WindowGap::isOpen)
                .toList();
        if (!isStillOurs.getAsBoolean()) {
            return;
        }
        Map<Subject, Map<WindowKey, Used>> missing = new HashMap<>();
        open.forEach(gap -> missing.computeIfAbsent(gap.subject(), absent -> new HashMap<>())
                .put(gap.window(), gap.missing()));
        recorded.add(missing);
        open.forEach(gap -> {
            String name = "window_usage " + gap.name();
            note(
                    changes,
                    name + " cost",
                    gap.actual().cost().text(),
                    gap.expected().cost().text());
            note(
                    changes,
                    name + " requests",
                    "" + gap.actual().requests(),
                    "" + gap.expected().requests());
        });
    }

    private void repairCounters(List<Change> changes) {
        for (CounterGap gap : counters.correct()) {
            String name = "live " + gap.name();
            var was = gap.actual();
            var is = gap.expected();
            note(
                    changes,
                    name + " used",
                    was.spent().used().text(),
                    is.spent().used().text());
            note(changes, name + " requests", "" + was.requests(), "" + is.requests());
            note(
                    changes,
                    name + " held",
                    was.spent().held().text(),
                    is.spent().held().text());
        }
    }

    private static void note(List<Change> changes, String name, String was, String is) {
        if (!was.equals(is)) {
            changes.add(new Change(name, was, is));
        }
    }
}
