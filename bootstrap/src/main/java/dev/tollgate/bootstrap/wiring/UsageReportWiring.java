package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountFigures;
import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.apikey.KeyFigures;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.identity.UserFigures;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.TellKeyUsage;
import dev.tollgate.application.relay.TellKeyUsageService;
import dev.tollgate.application.relay.TellUserLimits;
import dev.tollgate.application.relay.TellUserLimitsService;
import dev.tollgate.application.usage.FreshAccountFigures;
import dev.tollgate.application.usage.FreshKeyFigures;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.LiveUserFigures;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.ReportAccountUsage;
import dev.tollgate.application.usage.ReportAccountUsageService;
import dev.tollgate.application.usage.ReportUsage;
import dev.tollgate.application.usage.ReportUsageService;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.application.usage.UsageNames;
import dev.tollgate.application.usage.UsageQueries;
import dev.tollgate.application.usage.UserZones;
import dev.tollgate.application.usage.WarmTotals;
import dev.tollgate.application.usage.WarmTotalsService;
import dev.tollgate.domain.account.Account;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneId;

/** What is told of usage; how it is recorded is wired elsewhere. */
@Factory
final class UsageReportWiring {
    @Singleton
    FreshTotals freshTotals(LiveTotals live, UsageQueries recorded, LiveStore stream, InstantSource clock) {
        return new FreshTotals(live, recorded, stream, clock);
    }

    @Singleton
    ReportAccountUsage reportAccountUsage(
            FreshTotals totals, UsageQueries queries, UsageNames names, AccountPool pool, InstantSource clock) {
        return new ReportAccountUsageService(totals, queries, names, pool::accounts, clock);
    }

    @Singleton
    ReportUsage reportUsage(UsageQueries queries, UsageNames names, AccountPool pool, InstantSource clock) {
        return new ReportUsageService(queries, names, pool::accounts, clock);
    }

    @Singleton
    UserZones userZones(Users users, @Value("${tollgate.time-zone:UTC}") String zone) {
        ZoneId otherwise = ZoneId.of(zone);
        return user -> {
            try {
                return users.find(user)
                        .map(found -> found.user().home().latest())
                        .orElse(otherwise);
            } catch (StoreUnavailable away) {
                return otherwise; // what the live store knows can be told all the same
            }
        };
    }

    @Singleton
    UserFigures userFigures(
            UserPackages userPackages,
            CreditLedger ledger,
            Balances balances,
            FreshTotals spending,
            InstantSource clock) {
        return new LiveUserFigures(userPackages, ledger, balances, spending, clock);
    }

    @Singleton
    TellKeyUsage tellKeyUsage(
            KeyRing keyRing,
            LiveStore liveStore,
            SubjectUsage recorded,
            UsageQueries queries,
            FreshTotals totals,
            TellKeyUsageService.Purse purse,
            InstantSource clock) {
        return new TellKeyUsageService(keyRing, liveStore, recorded, queries, totals, purse, clock);
    }

    @Singleton
    TellUserLimits tellUserLimits(LiveStore liveStore, SubjectUsage recorded, InstantSource clock) {
        return new TellUserLimitsService(liveStore, recorded, clock);
    }

    @Singleton
    TellKeyUsageService.Purse purse(UserPackages userPackages, Wallets wallets, Balances balances) {
        return new TellKeyUsageService.Purse(userPackages, wallets, balances);
    }

    @Singleton
    WarmTotals warmTotals(
            LiveTotals totals, RecordedTotals recorded, LiveStore stream, AccountPool pool, InstantSource clock) {
        return new WarmTotalsService(
                totals,
                recorded,
                stream,
                () -> pool.accounts().stream().map(Account::id).toList(),
                clock);
    }

    @Singleton
    AccountFigures accountFigures(FreshTotals served, UsageQueries queries) {
        return new FreshAccountFigures(served, queries);
    }

    @Singleton
    KeyFigures keyFigures(FreshTotals totals) {
        return new FreshKeyFigures(totals);
    }
}
