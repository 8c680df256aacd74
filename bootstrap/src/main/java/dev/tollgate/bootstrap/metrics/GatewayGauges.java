package dev.tollgate.bootstrap.metrics;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.AccountTally;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.web.relay.CallDoor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What is so at the moment of asking, under the names of the contract. The stores are looked up when somebody asks: the
 * registry is there before them.
 */
@Singleton
final class GatewayGauges implements MeterBinder {
    private final CallDoor door;
    private final BeanProvider<LiveStore> liveStore;
    private final BeanProvider<UsageJournal> journal;
    private final BeanProvider<UsageLedger> ledger;
    private final BeanProvider<AccountPool> pool;
    private final InstantSource clock;

    GatewayGauges(
            CallDoor door,
            BeanProvider<LiveStore> liveStore,
            BeanProvider<UsageJournal> journal,
            BeanProvider<UsageLedger> ledger,
            BeanProvider<AccountPool> pool,
            InstantSource clock) {
        this.door = door;
        this.liveStore = liveStore;
        this.journal = journal;
        this.ledger = ledger;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "tollgate.in.flight", "Calls this node is serving.", door::count);
        gauge(
                registry,
                "tollgate.holds.open",
                "Calls that hold money.",
                () -> liveStore.get().openHolds());
        gauge(
                registry,
                "tollgate.stream.lag",
                "Settled calls that are not in SQL yet.",
                () -> liveStore.get().backlog());
        gauge(
                registry,
                "tollgate.journal.pending",
                "Calls this node sent that SQL does not have yet.",
                () -> journal.get().pending());
        gauge(
                registry,
                "tollgate.journal.writable",
                "Whether calls can be written down, and so are taken.",
                () -> journal.get().isWritable() ? 1 : 0);
        gauge(
                registry,
                "tollgate.dead.letters",
                "Settled calls that could not be recorded.",
                () -> ledger.get().deadLetters());
        for (AccountTally.State state : AccountTally.State.values()) {
            Gauge.builder("tollgate.account.status", () -> accounts(state))
                    .tag("status", state.wireName())
                    .description("Accounts by status.")
                    .register(registry);
        }
    }

    private static void gauge(MeterRegistry registry, String name, String what, Supplier<Number> value) {
        Gauge.builder(name, () -> known(value)).description(what).register(registry);
    }

    /** What a store that is away would have told is not a number. */
    private static Number known(Supplier<Number> value) {
        try {
            return value.get();
        } catch (StoreUnavailable away) {
            return Double.NaN;
        }
    }

    private long accounts(AccountTally.State state) {
        return AccountTally.of(pool.get().accounts(), clock.instant()).count(state);
    }
}
