package dev.tollgate.application.usage;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.RecordedUsage.Folded;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.CostBreakdown;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the records one by one: each is recomputed, and all are added up anew. */
final class AuditedRecords {
    private final PriceBook priceBook;
    private final Findings findings;
    private final Map<Subject, Map<WindowKey, Used>> windows = new HashMap<>();
    private final Map<Subject, Used> paid = new HashMap<>();

    AuditedRecords(PriceBook priceBook, Findings findings) {
        this.priceBook = priceBook;
        this.findings = findings;
    }

    void add(Folded record) {
        String name = "record " + record.id().text();
        findings.compare(Invariant.PRICED, name + " cost", recomputed(record), record.cost());
        findings.compare(Invariant.ONE_RECORD, name + " requests", 1, record.requests());
        findings.compare(
                Invariant.ONE_RECORD,
                name + " settled",
                new Charge(breakdown(record), record.multiplier()).total(),
                record.cost());
        findings.require(Invariant.ONE_RECORD, name + " entries", record.isGapless(), "0, 1, …", "a gap");
        boolean isSent = record.attempts() > 0 || record.isOrphan();
        findings.require(Invariant.SENT, name + " attempts", isSent, "at least 1", "0");
        Used used = new Used(1, record.cost());
        addWindows(record.windows(), used);
        addPayer(record.payer(), used);
    }

    /** A dead letter is not a record, but its money was spent. */
    void add(DeadLetter letter) {
        Ticket ticket = letter.settlement().ticket();
        addWindows(ticket.windows(), letter.added());
        addPayer(ticket.hold().payer(), letter.added());
    }

    private static CostBreakdown breakdown(Folded record) {
        return new CostBreakdown(record.items());
    }

    /** The cost by the price version; where that is gone or nothing was charged for want of usage, by the items. */
    private Money recomputed(Folded record) {
        Optional<PriceVersion> version = priceBook.version(record.priceVersion());
        boolean isUnmetered =
                record.items().isEmpty() && record.usage().tokens().total() == 0;
        CostBreakdown breakdown = version.isEmpty() || isUnmetered
                ? breakdown(record)
                : new Pricing(
                                version.get().sheet(),
                                model -> priceBook.sheet(model, record.id().instant()))
                        .price(record.usage());
        return breakdown.total().charged(record.multiplier());
    }

    private void addWindows(List<SubjectWindows> named, Used used) {
        for (SubjectWindows of : named) {
            Map<WindowKey, Used> sums = windows.computeIfAbsent(of.subject(), absent -> new HashMap<>());
            of.windows().forEach(window -> sums.merge(window, used, Used::plus));
        }
    }

    private void addPayer(Payer payer, Used used) {
        switch (payer) {
            case Payer.OfPackage held ->
                paid.merge(new Subject(SubjectKind.PACKAGE, held.id().value()), used, Used::plus);
            case Payer.OfCredit credit ->
                paid.merge(new Subject(SubjectKind.CREDIT, credit.id().value()), used, Used::plus);
            case Payer.Metered metered -> {} // nobody's balance
        }
    }

    Map<Subject, Map<WindowKey, Used>> windows() {
        return windows;
    }

    /** By package and credit, what the records that name it as their payer cost. */
    Map<Subject, Used> paid() {
        return paid;
    }
}
