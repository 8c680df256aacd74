package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.relay.Admitting;
import dev.tollgate.application.relay.Attempts;
import dev.tollgate.application.relay.Bindings;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.CallObserver;
import dev.tollgate.application.relay.Entrance;
import dev.tollgate.application.relay.FreeCalls;
import dev.tollgate.application.relay.InMemoryBindings;
import dev.tollgate.application.relay.KeepCallsAlive;
import dev.tollgate.application.relay.KeepCallsAliveService;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.OpenCalls;
import dev.tollgate.application.relay.Outage;
import dev.tollgate.application.relay.PayerChoice;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.application.relay.RelayService;
import dev.tollgate.application.relay.RelaySettings;
import dev.tollgate.application.relay.RetryBudget;
import dev.tollgate.application.relay.Routing;
import dev.tollgate.application.relay.RunningCalls;
import dev.tollgate.application.relay.SlotQueue;
import dev.tollgate.application.relay.SweepHolds;
import dev.tollgate.application.relay.SweepHoldsService;
import dev.tollgate.application.relay.UneditedSettings;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The whole flow in memory: one user with credit, one key, one model at a dollar (input) and ten (output) a million
 * tokens, and the accounts a test gives it.
 */
final class Relay {
    static final String KEY = "the key";
    static final String MODEL = "model-a";
    static final Money ALLOWANCE = Money.ofDollars("0.05");

    final SteppedClock clock = new SteppedClock();
    final ScriptedAccounts accounts = new ScriptedAccounts();
    final MemoryJournal journal = new MemoryJournal();
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    final EmbeddedLiveStore liveStore = new EmbeddedLiveStore(ledger, clock, 16, 100_000);
    final List<Settlement> observed = new ArrayList<>();
    /** How long calls wait for a slot. */
    volatile Duration slotWait = Duration.ZERO;
    /** The rates of the one key. */
    volatile KeyLimits keyLimits = KeyLimits.NONE;
    /** What the live store was asked, by its methods' names. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** What the node remembers of calls in flight, where that is not what is so. */
    final AtomicReference<@Nullable Map<AccountId, Integer>> stale = new AtomicReference<>();

    private final AtomicLong ids = new AtomicLong();
    private final Money credit;
    private final BillingMode billingMode;
    private final AtomicLong journaledOnly = new AtomicLong();
    final Outage outage;
    final KeepCallsAlive keepCallsAlive;
    final SweepHolds sweepHolds;
    private final RelayService service;

    Relay(Money credit) {
        this(credit, Set.of());
    }

    /** With a live store that fails in some of its methods, by their names. */
    Relay(Money credit, Set<String> failing) {
        this(credit, failing, BillingMode.PREPAID);
    }

    /** The same for a user who pays before or after. */
    Relay(Money credit, Set<String> failing, BillingMode billingMode) {
        this.credit = credit;
        this.billingMode = billingMode;
        LiveStore usedStore = FailingLiveStore.of(liveStore, failing, asked::add, stale::get);
        RelaySettings settings = new FixedSettings();
        RunningCalls running = new RunningCalls();
        this.keepCallsAlive = new KeepCallsAliveService(running, journal, usedStore);
        this.sweepHolds = new SweepHoldsService(usedStore, running, new Orphans(new OnePrice()), ledger);
        Bindings bindings = new InMemoryBindings(clock);
        PriceBook prices = new OneModel();
        this.outage = new Outage(() -> ALLOWANCE, () -> true, clock);
        SlotQueue slots = new SlotQueue(accounts, usedStore, outage, settings, clock);
        Routing routing = new Routing(accounts, accounts, bindings, clock);
        Attempts attempts = new Attempts(slots, accounts, accounts, usedStore, new RetryBudget(), settings, clock);
        this.service = new RelayService(
                new Entrance(
                        text -> text.equals(KEY) ? Optional.of(holder()) : Optional.empty(),
                        prices,
                        model -> {},
                        settings),
                routing,
                new Admitting(
                        new PayerChoice(new OnlyCredit()),
                        usedStore,
                        outage,
                        journal,
                        settings,
                        (user, subject, window) -> {}),
                attempts,
                new OpenCalls(
                        journal,
                        usedStore,
                        slots,
                        running,
                        bindings,
                        prices,
                        new Noting(),
                        outage,
                        clock,
                        () -> TimeUnit.MILLISECONDS.toNanos(clock.millis())),
                new FreeCalls(routing, attempts, slots, usedStore, new Noting(), clock));
    }

    RelayOutcome call(RecordedClient client, String model, @Nullable Long outputBound) {
        return call(client, model, outputBound, List.of());
    }

    /** Calls whose results only the journal has. */
    long journaledOnly() {
        return journaledOnly.get();
    }

    /** A call that builds upon what earlier answers left behind. */
    RelayOutcome buildingUpon(String... references) {
        return call(client(), MODEL, 50L, List.of(references));
    }

    private RelayOutcome call(
            RecordedClient client, String model, @Nullable Long outputBound, List<String> references) {
        CallBody body = new CallBody(
                new byte[0],
                CallBody.JSON,
                model,
                true,
                new CallBounds(1_000L, outputBound, 1, Map.of()),
                true,
                Served.ORDINARY,
                List.of(),
                references);
        return call(client, "chat", body, false);
    }

    /** A call that costs nothing. */
    RelayOutcome free(String dialect, String model) {
        CallBody body = new CallBody(
                new byte[0],
                CallBody.JSON,
                model,
                false,
                CallBounds.fixed(0L, 0L, 1, UnitBounds.NONE),
                true,
                Served.ORDINARY,
                List.of(),
                List.of());
        return call(client(), dialect, body, true);
    }

    private RelayOutcome call(RecordedClient client, String dialect, CallBody body, boolean free) {
        long number = ids.incrementAndGet();
        RequestId id = RequestId.at(clock.instant(), number, number);
        return service.relay(
                new RelayCall(
                        id,
                        dialect,
                        "/chat/completions",
                        null,
                        null,
                        KEY,
                        List.of(),
                        body,
                        null,
                        free,
                        "192.0.2.1",
                        null),
                client);
    }

    RecordedClient client() {
        return new RecordedClient(journal::settledCount);
    }

    private KeyHolder holder() {
        User user = new User(
                new UserId(7),
                "ann",
                null,
                Role.USER,
                true,
                billingMode,
                null,
                UserLimits.NONE,
                0,
                HomeZone.of(ZoneOffset.UTC),
                Set.of());
        ApiKey key = new ApiKey(
                new ApiKeyId(9),
                user.id(),
                "laptop",
                true,
                KeyExpiry.NEVER,
                KeyScope.ANYTHING,
                keyLimits,
                0,
                null,
                BillingType.ANY,
                null);
        return new KeyHolder(key, user);
    }

    private final class OnlyCredit implements Wallets {
        @Override
        public List<UserPackage> packages(UserId user) {
            return List.of();
        }

        @Override
        public Credit credit(UserId user) {
            return new Credit(credit, 1);
        }
    }

    private final class Noting implements CallObserver {
        @Override
        public synchronized void settled(Settlement settlement) {
            observed.add(settlement);
        }

        @Override
        public void onlyJournaled(Settlement settlement) {
            journaledOnly.incrementAndGet();
        }

        @Override
        public void attempted(String platform, AccountType type, Fault.@Nullable Kind failure) {
            // attempts are read from the settlement
        }
    }

    private static final class OneModel implements PriceBook {
        private final PriceVersion version = new PriceVersion(
                new PriceVersionId(1),
                MODEL,
                Instant.EPOCH,
                PriceSheet.of(TokenRates.of(new TokenPrice(1_000_000), new TokenPrice(10_000_000))));
        private final Model model = new Model(new ModelId(1), MODEL, "openai", Set.of(), true, 100_000L, 4_096L);

        @Override
        public Optional<Priced> find(String asked, Instant at) {
            return asked.equals(MODEL) ? Optional.of(new Priced(model, version, asked)) : Optional.empty();
        }

        @Override
        public @Nullable PriceSheet sheet(String name, Instant at) {
            return name.equals(MODEL) ? version.sheet() : null;
        }

        @Override
        public Optional<PriceVersion> version(PriceVersionId id) {
            return id.equals(version.id()) ? Optional.of(version) : Optional.empty();
        }

        @Override
        public List<Model> models() {
            return List.of(model);
        }
    }

    private final class FixedSettings extends UneditedSettings {
        @Override
        public Duration slotWait() {
            return slotWait;
        }
    }
}
