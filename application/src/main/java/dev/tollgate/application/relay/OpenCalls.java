package dev.tollgate.application.relay;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.UsageJournal;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Opens admitted calls; what one needs until its end is handed to it here. */
public final class OpenCalls {
    private final UsageJournal journal;
    private final LiveStore liveStore;
    private final SlotQueue slots;
    private final RunningCalls running;
    private final Bindings bindings;
    private final PriceBook priceBook;
    private final CallObserver observer;
    private final Outage outage;
    private final InstantSource clock;
    private final LongSupplier monotonicNanos;

    /** @param monotonicNanos by which this node's leases run out */
    public OpenCalls(
            UsageJournal journal,
            LiveStore liveStore,
            SlotQueue slots,
            RunningCalls running,
            Bindings bindings,
            PriceBook priceBook,
            CallObserver observer,
            Outage outage,
            InstantSource clock,
            LongSupplier monotonicNanos) {
        this.journal = journal;
        this.liveStore = liveStore;
        this.slots = slots;
        this.running = running;
        this.bindings = bindings;
        this.priceBook = priceBook;
        this.observer = observer;
        this.outage = outage;
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
    }

    OpenCall open(RelayCall call, Admission.Admitted admitted) {
        Settling settling = new Settling(journal, liveStore, priceBook, observer, outage, clock);
        return new OpenCall(
                call,
                admitted,
                new AttemptLog(admitted.ticket().asked().platform(), clock, observer),
                settling,
                journal,
                liveStore,
                slots,
                running,
                bindings,
                outage,
                clock,
                monotonicNanos);
    }
}
