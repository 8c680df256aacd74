package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.CorrectBudgets;
import dev.tollgate.application.relay.CorrectBudgetsService;
import dev.tollgate.application.relay.KeepCallsAlive;
import dev.tollgate.application.relay.KeepCallsAliveService;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.RunningCalls;
import dev.tollgate.application.relay.SweepHolds;
import dev.tollgate.application.relay.SweepHoldsService;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsageService;
import dev.tollgate.application.usage.CloseCalls;
import dev.tollgate.application.usage.CloseCallsService;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.JournalReadiness;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.MendCounters;
import dev.tollgate.application.usage.MendCountersService;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.RecoverUsage;
import dev.tollgate.application.usage.RecoverUsageService;
import dev.tollgate.application.usage.RepairUsage;
import dev.tollgate.application.usage.RepairUsageService;
import dev.tollgate.application.usage.ReplayUsage;
import dev.tollgate.application.usage.ReplayUsageService;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import dev.tollgate.persistence.journal.FileUsageJournal;
import dev.tollgate.persistence.journal.JournalSettings;
import dev.tollgate.persistence.redis.RedisConnection;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;

/** The money path: live store, journal, and the way into SQL. */
@Factory
final class UsageWiring {
    private static final String BEFORE_RELEASE = "before_release";

    @Singleton
    @Bean(preDestroy = "close")
    FileUsageJournal usageJournal(
            @Value("${tollgate.data-dir:./data}") String dataFolder,
            @Value("${tollgate.journal.fsync:interval}") String fsync) {
        JournalSettings usual = JournalSettings.USUAL;
        return FileUsageJournal.open(
                Path.of(dataFolder, "journal"),
                new JournalSettings(fsync.equals(BEFORE_RELEASE), usual.segmentBytes(), usual.reserveBytes()));
    }

    @Singleton
    Readiness journalReadiness(UsageJournal journal) {
        return new JournalReadiness(journal);
    }

    @Singleton
    @Requires(missingBeans = RedisConnection.class)
    EmbeddedLiveStore liveStore(
            UsageLedger ledger,
            InstantSource clock,
            @Value("${tollgate.shards:16}") int shards,
            @Value("${tollgate.stream.max-length:200000}") int streamMax) {
        return new EmbeddedLiveStore(ledger, clock, shards, Math.max(1, streamMax / shards));
    }

    @Singleton
    RunningCalls runningCalls() {
        return new RunningCalls();
    }

    @Singleton
    Orphans orphans(PriceBook priceBook) {
        return new Orphans(priceBook);
    }

    @Singleton
    DrainUsage drainUsage(
            LiveStore stream,
            UsageLedger ledger,
            UsageJournal journal,
            MendCounters mendCounters,
            LiveSettings settings) {
        return new DrainUsageService(stream, ledger, journal, mendCounters, () -> settings.isOn(Setting.SYNC_ENABLED));
    }

    @Singleton
    MendCounters mendCounters(
            LiveStore stream, UsageLedger ledger, LiveTotals totals, RecordedTotals recorded, InstantSource clock) {
        return new MendCountersService(stream, ledger, totals, recorded, clock);
    }

    @Singleton
    CloseCalls closeCalls(UsageJournal journal, UsageLedger ledger) {
        return new CloseCallsService(journal, ledger);
    }

    @Singleton
    @Requires(missingBeans = RedisConnection.class)
    RecoverUsage recoverUsage(UsageJournal journal, UsageLedger ledger, Orphans orphans, LiveStore liveStore) {
        return new RecoverUsageService(journal, ledger, orphans, liveStore.shards());
    }

    @Singleton
    @Requires(missingBeans = RedisConnection.class)
    ReplayUsage replayUsage(UsageJournal journal, UsageLedger ledger, Orphans orphans, LiveStore liveStore) {
        return new ReplayUsageService(journal, ledger, liveStore, orphans);
    }

    @Singleton
    KeepCallsAlive keepCallsAlive(RunningCalls running, UsageJournal journal, LiveStore liveStore) {
        return new KeepCallsAliveService(running, journal, liveStore);
    }

    @Singleton
    SweepHolds sweepHolds(LiveStore liveStore, RunningCalls running, Orphans orphans, UsageLedger ledger) {
        return new SweepHoldsService(liveStore, running, orphans, ledger);
    }

    @Singleton
    CorrectBudgets correctBudgets(LiveStore liveStore, UsageLedger ledger, AdmissionClock clock) {
        return new CorrectBudgetsService(liveStore, ledger, clock::instant);
    }

    @Singleton
    AuditUsage auditUsage(
            RecordedUsage recorded,
            UsageLedger ledger,
            LiveStore stream,
            UsageJournal journal,
            CloseCalls closeCalls,
            PriceBook priceBook,
            LiveTotals totals,
            RecordedTotals recordedTotals,
            InstantSource clock) {
        return new AuditUsageService(
                recorded, ledger, stream, journal, closeCalls, priceBook, totals, recordedTotals, clock);
    }

    @Singleton
    RepairUsage repairUsage(
            RecordedUsage recorded,
            UsageLedger ledger,
            LiveStore stream,
            PriceBook priceBook,
            Leases leases,
            AuditUsage audit,
            LiveTotals totals,
            RecordedTotals recordedTotals,
            InstantSource clock) {
        return new RepairUsageService(
                recorded, ledger, stream, priceBook, leases, audit, totals, recordedTotals, clock);
    }
}
