package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.alert.Alert;
import dev.tollgate.application.alert.AlertOutbox;
import dev.tollgate.application.alert.DeliverAlerts;
import dev.tollgate.application.alert.DeliverAlertsService;
import dev.tollgate.application.alert.Deliveries;
import dev.tollgate.application.alert.ExpiringKeys;
import dev.tollgate.application.alert.ManageWebhooks;
import dev.tollgate.application.alert.ManageWebhooksService;
import dev.tollgate.application.alert.MissingPrices;
import dev.tollgate.application.alert.RaiseAlerts;
import dev.tollgate.application.alert.RaiseAlertsService;
import dev.tollgate.application.alert.RefusedPayers;
import dev.tollgate.application.alert.SealWebhooksAgainService;
import dev.tollgate.application.alert.SpendingLooks;
import dev.tollgate.application.alert.SpendingNews;
import dev.tollgate.application.alert.TellDifferences;
import dev.tollgate.application.alert.TellDifferencesService;
import dev.tollgate.application.alert.WatchAccounts;
import dev.tollgate.application.alert.WatchAccountsService;
import dev.tollgate.application.alert.WatchKeys;
import dev.tollgate.application.alert.WatchKeysService;
import dev.tollgate.application.alert.WatchSpending;
import dev.tollgate.application.alert.WatchSpendingService;
import dev.tollgate.application.alert.WebhookSender;
import dev.tollgate.application.alert.Webhooks;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.webhook.HttpWebhookSender;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts: what is watched, and how it is told. */
@Factory
final class AlertWiring {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    @Singleton
    RaiseAlerts raiseAlerts(AlertOutbox outbox, Ids ids, InstantSource clock) {
        return new RaiseAlertsService(outbox, AlertWiring::log, ids, clock);
    }

    private static void log(Alert alert) {
        switch (alert.type()) {
            case ACCOUNT_RECOVERED, TEST -> LOG.info("alert {}", alert.body());
            case PACKAGE_THRESHOLD, CREDIT_THRESHOLD, KEY_EXPIRING, ACCOUNT_DOWN, PRICE_MISSING, AUDIT_DIFFERENCE ->
                LOG.warn("alert {}", alert.body());
        }
    }

    @Singleton
    WatchSpending watchSpending(
            SpendingLooks looks,
            UserPackages userPackages,
            CreditLedger ledger,
            Users users,
            Balances balances,
            RaiseAlerts alerts,
            InstantSource clock) {
        return new WatchSpendingService(looks, userPackages, ledger, new SpendingNews(users, balances), alerts, clock);
    }

    @Singleton
    RefusedPayers refusedPayers(
            UserPackages userPackages,
            CreditLedger ledger,
            SpendingLooks looks,
            Users users,
            Balances balances,
            RaiseAlerts alerts,
            InstantSource clock) {
        SpendingNews told = new SpendingNews(users, balances);
        return new RefusedPayers(userPackages, ledger, looks, balances, told, alerts, clock);
    }

    @Singleton
    WatchKeys watchKeys(ExpiringKeys keys, LiveSettings settings, RaiseAlerts alerts, InstantSource clock) {
        return new WatchKeysService(
                keys,
                () -> new WatchKeysService.Ahead(
                        settings.duration(Setting.ALERTS_KEY_EXPIRING),
                        settings.duration(Setting.ALERTS_KEY_EXPIRING_LAST)),
                alerts,
                clock);
    }

    @Singleton
    WatchAccounts watchAccounts(AccountPool pool, LiveSettings settings, RaiseAlerts alerts, InstantSource clock) {
        return new WatchAccountsService(
                pool, () -> settings.duration(Setting.ALERTS_ACCOUNT_RATE_LIMITED), alerts, clock);
    }

    @Singleton
    MissingPrices missingPrices(RaiseAlerts alerts, InstantSource clock) {
        return new MissingPrices(alerts, clock);
    }

    @Singleton
    TellDifferences tellDifferences(RaiseAlerts alerts, InstantSource clock) {
        return new TellDifferencesService(alerts, clock);
    }

    @Singleton
    WebhookSender webhookSender(UpstreamHttp http) {
        return new HttpWebhookSender(http);
    }

    @Singleton
    ManageWebhooks manageWebhooks(
            Webhooks webhooks,
            Deliveries deliveries,
            AlertOutbox outbox,
            AddressRules addresses,
            Vault vault,
            Ids ids,
            InstantSource clock) {
        return new ManageWebhooksService(
                webhooks, deliveries, outbox, addresses, vault, AlertWiring::newSecret, ids, clock);
    }

    @Singleton
    SealAgain sealWebhooksAgain(Webhooks webhooks, Vault vault) {
        return new SealWebhooksAgainService(webhooks, vault);
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Singleton
    DeliverAlerts deliverAlerts(
            Deliveries deliveries,
            AlertOutbox outbox,
            WebhookSender sender,
            Vault vault,
            LiveSettings settings,
            Ids ids,
            InstantSource clock) {
        return new DeliverAlertsService(
                deliveries,
                outbox,
                sender,
                vault,
                () -> settings.duration(Setting.RETENTION_WEBHOOK_DELIVERIES),
                ids,
                clock);
    }
}
