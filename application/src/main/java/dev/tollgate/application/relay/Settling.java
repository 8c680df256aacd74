package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what a call used into what it costs, and makes that last: the journal first, then the live store. */
final class Settling {
    private final UsageJournal journal;
    private final LiveStore liveStore;
    private final PriceBook priceBook;
    private final CallObserver observer;
    private final Outage outage;
    private final InstantSource clock;

    Settling(
            UsageJournal journal,
            LiveStore liveStore,
            PriceBook priceBook,
            CallObserver observer,
            Outage outage,
            InstantSource clock) {
        this.journal = journal;
        this.liveStore = liveStore;
        this.priceBook = priceBook;
        this.observer = observer;
        this.outage = outage;
        this.clock = clock;
    }

    Settlement settle(
            Admission.Admitted admitted,
            CallHold held,
            CallStatus status,
            int httpStatus,
            Metered metered,
            List<AttemptRecord> attempts,
            @Nullable StreamEnd end) {
        Ticket ticket = admitted.ticket();
        Usage usage = usage(metered.report());
        Charge charge = isKnown(metered.report())
                ? new Charge(
                        pricing(admitted.sheet(), ticket).price(usage),
                        ticket.asked().multiplier())
                : Charge.NOTHING;
        Settlement settlement = new Settlement(
                ticket,
                status,
                httpStatus,
                source(metered.report()),
                usage,
                charge,
                attempts,
                timing(ticket, end),
                flags(admitted, held, charge, metered, end));
        keep(settlement);
        observer.settled(settlement);
        return settlement;
    }

    /** Either of journal and live store suffices for the end to be released: each brings the result into SQL. */
    private void keep(Settlement settlement) {
        UsageJournal.@Nullable JournalUnavailable unwritten = null;
        try {
            journal.settled(settlement);
        } catch (UsageJournal.JournalUnavailable e) {
            unwritten = e;
        }
        try {
            liveStore.settle(settlement);
        } catch (StoreUnavailable e) {
            if (unwritten != null) {
                unwritten.addSuppressed(e);
                throw unwritten;
            }
            observer.onlyJournaled(settlement); // the journal is replayed once the store is back
        }
    }

    /** What the serving account is charged at list price: the price of the model that was sent. */
    Cost upstreamCost(Admission.Admitted admitted, AttemptLog.@Nullable UnderWay serving, Metered metered) {
        if (serving == null || !isKnown(metered.report())) {
            return Cost.ZERO;
        }
        Ticket ticket = admitted.ticket();
        PriceSheet sent = priceBook.sheet(serving.sentModel(), ticket.admittedAt());
        return pricing(sent == null ? admitted.sheet() : sent, ticket)
                .price(usage(metered.report()))
                .total();
    }

    /** The most an attempt can cost its account at list price: a hold at the price of the model that is sent. */
    Money upstreamMost(Admission.Admitted admitted, CallBody body, String sentModel) {
        PriceSheet sent = priceBook.sheet(sentModel, admitted.ticket().admittedAt());
        CallSize size = admitted.size();
        return HoldBound.of(sent == null ? admitted.sheet() : sent, Multiplier.ONE, body, size.input())
                .covering(size.output());
    }

    TokenUsage tokens(Metered metered) {
        return usage(metered.report()).tokens();
    }

    private Pricing pricing(PriceSheet sheet, Ticket ticket) {
        return new Pricing(sheet, model -> priceBook.sheet(model, ticket.admittedAt()));
    }

    private static Usage usage(UsageReport report) {
        return switch (report) {
            case UsageReport.Reported(Usage usage) -> usage;
            case UsageReport.Estimated(Usage usage) -> usage;
            case UsageReport.Partial(Usage usage) -> usage;
            case UsageReport.Missing missing -> Usage.NONE;
            case UsageReport.Nonsense nonsense -> Usage.NONE;
        };
    }

    private static boolean isKnown(UsageReport report) {
        return !(report instanceof UsageReport.Missing) && !(report instanceof UsageReport.Nonsense);
    }

    private static UsageSource source(UsageReport report) {
        return switch (report) {
            case UsageReport.Reported reported -> UsageSource.UPSTREAM;
            case UsageReport.Estimated estimated -> UsageSource.ESTIMATED;
            case UsageReport.Partial partial -> UsageSource.PARTIAL;
            case UsageReport.Missing missing -> UsageSource.PARTIAL;
            case UsageReport.Nonsense nonsense -> UsageSource.PARTIAL;
        };
    }

    private Timing timing(Ticket ticket, @Nullable StreamEnd end) {
        Instant admittedAt = ticket.admittedAt();
        Instant firstToken = end == null ? null : end.firstTokenAt();
        return new Timing(
                Math.max(0, Duration.between(admittedAt, clock.instant()).toMillis()),
                firstToken == null
                        ? null
                        : (Long) Math.max(
                                0, Duration.between(admittedAt, firstToken).toMillis()));
    }

    private SortedSet<String> flags(
            Admission.Admitted admitted, CallHold held, Charge charge, Metered metered, @Nullable StreamEnd end) {
        Hold hold = admitted.ticket().hold();
        SortedSet<String> flags = new TreeSet<>(metered.flags());
        flags.addAll(held.flags(end != null && end.reason() == StreamEnd.Reason.UNHELD));
        if (admitted.isUnheld() || outage.isAway()) {
            flags.add("live_store_away");
        }
        boolean isHeld = !admitted.isUnheld() && !(hold.payer() instanceof Payer.Metered);
        if (isHeld && charge.total().compareTo(held.amount()) > 0) {
            flags.add("over_hold");
        }
        if (metered.report() instanceof UsageReport.Nonsense nonsense) {
            flags.add(nonsense.what());
        }
        return flags;
    }
}
