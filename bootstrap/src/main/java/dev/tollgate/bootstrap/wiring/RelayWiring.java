package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.ManageSettings;
import dev.tollgate.application.identity.ManageSettingsService;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.identity.Secrets;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.identity.Settings;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.Admitting;
import dev.tollgate.application.relay.Attempts;
import dev.tollgate.application.relay.Bindings;
import dev.tollgate.application.relay.CallObserver;
import dev.tollgate.application.relay.ClockReadiness;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Entrance;
import dev.tollgate.application.relay.FreeCalls;
import dev.tollgate.application.relay.IdempotencyClaims;
import dev.tollgate.application.relay.ListModels;
import dev.tollgate.application.relay.ListModelsService;
import dev.tollgate.application.relay.LiveRelaySettings;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStoreReadiness;
import dev.tollgate.application.relay.OpenCalls;
import dev.tollgate.application.relay.Outage;
import dev.tollgate.application.relay.PayerChoice;
import dev.tollgate.application.relay.QuoteCall;
import dev.tollgate.application.relay.QuoteCallService;
import dev.tollgate.application.relay.QuoteSheet;
import dev.tollgate.application.relay.RefusedSpending;
import dev.tollgate.application.relay.RelayOnce;
import dev.tollgate.application.relay.RelayRequest;
import dev.tollgate.application.relay.RelayService;
import dev.tollgate.application.relay.RelaySettings;
import dev.tollgate.application.relay.RetryBudget;
import dev.tollgate.application.relay.Routing;
import dev.tollgate.application.relay.RunningCalls;
import dev.tollgate.application.relay.SlotQueue;
import dev.tollgate.application.relay.UnpricedModels;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.persistence.secret.AesVault;
import dev.tollgate.persistence.sql.SqlTransactions;
import dev.tollgate.persistence.sql.relay.SqlBindings;
import dev.tollgate.persistence.sql.relay.SqlIdempotencyClaims;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** The relay: from acceptance to settlement. */
@Factory
final class RelayWiring {
    @Singleton
    LiveSettings liveSettings(Settings settings, Changes changes) {
        return new LiveSettings(settings, changes);
    }

    @Singleton
    ManageSettings manageSettings(Settings settings) {
        return new ManageSettingsService(settings);
    }

    @Singleton
    RelaySettings relaySettings(
            LiveSettings settings,
            @Value("${tollgate.timeouts.connect:5s}") Duration connect,
            @Value("${tollgate.timeouts.first-byte-streamed:300s}") Duration firstByteStreamed,
            @Value("${tollgate.timeouts.first-byte:600s}") Duration firstByte,
            @Value("${tollgate.timeouts.silence:300s}") Duration silence,
            @Value("${tollgate.timeouts.whole:60m}") Duration whole) {
        return new LiveRelaySettings(
                settings,
                new Deadlines(connect, firstByteStreamed, silence, whole, Duration.ZERO),
                new Deadlines(connect, firstByte, silence, whole, Duration.ZERO));
    }

    @Singleton
    AdmissionClock admissionClock(InstantSource clock) {
        return new AdmissionClock(clock, System::nanoTime);
    }

    @Singleton
    Readiness clockReadiness(AdmissionClock clock) {
        return new ClockReadiness(clock);
    }

    @Singleton
    Outage outage(LiveSettings settings, DatabaseReadiness database, InstantSource clock) {
        return new Outage(() -> settings.money(Setting.DEGRADED_ALLOWANCE), database::isUp, clock);
    }

    @Singleton
    Readiness liveStoreReadiness(Outage outage) {
        return new LiveStoreReadiness(outage);
    }

    @Singleton
    SlotQueue slotQueue(
            AccountPool pool, LiveStore liveStore, Outage outage, RelaySettings settings, InstantSource clock) {
        return new SlotQueue(pool, liveStore, outage, settings, clock);
    }

    @Singleton
    RelayRequest relayRequest(
            Entrance entrance,
            Routing routing,
            Admitting admitting,
            Attempts attempts,
            OpenCalls openCalls,
            FreeCalls freeCalls,
            IdempotencyClaims claims,
            RelaySettings settings) {
        RelayService service = new RelayService(entrance, routing, admitting, attempts, openCalls, freeCalls);
        return new RelayOnce(service, entrance, claims, settings);
    }

    @Singleton
    SqlIdempotencyClaims idempotencyClaims(SqlTransactions transactions, Secrets secrets, InstantSource clock) {
        return new SqlIdempotencyClaims(transactions, new AesVault(secrets, "idempotency answers"), clock);
    }

    @Singleton
    FreeCalls freeCalls(
            Routing routing,
            Attempts attempts,
            SlotQueue slots,
            LiveStore liveStore,
            CallObserver observer,
            InstantSource clock) {
        return new FreeCalls(routing, attempts, slots, liveStore, observer, clock);
    }

    @Singleton
    ListModels listModels(KeyRing keyRing, PriceBook priceBook, InstantSource clock) {
        return new ListModelsService(keyRing, priceBook, clock);
    }

    @Singleton
    Entrance entrance(KeyRing keyRing, PriceBook priceBook, UnpricedModels unpricedModels, RelaySettings settings) {
        return new Entrance(keyRing, priceBook, unpricedModels, settings);
    }

    @Singleton
    SqlBindings bindings(SqlTransactions transactions, InstantSource clock) {
        return new SqlBindings(transactions, clock);
    }

    @Singleton
    Routing routing(AccountPool pool, Upstream upstream, Bindings bindings, InstantSource clock) {
        return new Routing(pool, upstream, bindings, clock);
    }

    @Singleton
    Admitting admitting(
            Wallets wallets,
            LiveStore liveStore,
            Outage outage,
            UsageJournal journal,
            RelaySettings settings,
            RefusedSpending refusedSpending) {
        return new Admitting(new PayerChoice(wallets), liveStore, outage, journal, settings, refusedSpending);
    }

    @Singleton
    QuoteCall quoteCall(
            QuoteCallService.Holders holders,
            Entrance entrance,
            Routing routing,
            Admitting admitting,
            SlotQueue slots,
            QuoteSheet sheet,
            InstantSource clock) {
        return new QuoteCallService(holders, entrance, routing, admitting, slots, sheet, clock);
    }

    @Singleton
    QuoteCallService.Holders quotedHolders(ApiKeys keys, Users users) {
        return new QuoteCallService.Holders(keys, users);
    }

    @Singleton
    QuoteSheet quoteSheet(Upstream upstream, LiveStore liveStore) {
        return new QuoteSheet(upstream, liveStore);
    }

    @Singleton
    Attempts attempts(
            SlotQueue slots,
            AccountPool pool,
            Upstream upstream,
            LiveStore liveStore,
            RelaySettings settings,
            InstantSource clock) {
        return new Attempts(slots, pool, upstream, liveStore, new RetryBudget(), settings, clock);
    }

    @Singleton
    OpenCalls openCalls(
            UsageJournal journal,
            LiveStore liveStore,
            SlotQueue slots,
            RunningCalls running,
            Bindings bindings,
            PriceBook priceBook,
            CallObserver observer,
            Outage outage,
            InstantSource clock) {
        return new OpenCalls(
                journal, liveStore, slots, running, bindings, priceBook, observer, outage, clock, System::nanoTime);
    }
}
