package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.alert.DeliverAlerts;
import dev.tollgate.application.alert.MissingPrices;
import dev.tollgate.application.alert.RefusedPayers;
import dev.tollgate.application.alert.WatchAccounts;
import dev.tollgate.application.alert.WatchKeys;
import dev.tollgate.application.alert.WatchSpending;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts on their way: one node watches and delivers for all, and each tells what only its callers showed it. */
@Singleton
public final class AlertFlow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(5);
    private static final Duration KEYS_PAUSE = Duration.ofMinutes(1);
    private static final Duration DELIVERY_PAUSE = Duration.ofSeconds(1);
    private static final Duration FORGETTING_PAUSE = Duration.ofHours(1);

    private final WatchSpending watchSpending;
    private final WatchAccounts watchAccounts;
    private final WatchKeys watchKeys;
    private final MissingPrices missingPrices;
    private final RefusedPayers refusedPayers;
    private final DeliverAlerts deliverAlerts;
    private final Duties duties;
    private final Loops loops = new Loops();

    AlertFlow(
            WatchSpending watchSpending,
            WatchAccounts watchAccounts,
            WatchKeys watchKeys,
            MissingPrices missingPrices,
            RefusedPayers refusedPayers,
            DeliverAlerts deliverAlerts,
            Duties duties) {
        this.watchSpending = watchSpending;
        this.watchAccounts = watchAccounts;
        this.watchKeys = watchKeys;
        this.missingPrices = missingPrices;
        this.refusedPayers = refusedPayers;
        this.deliverAlerts = deliverAlerts;
        this.duties = duties;
    }

    /** Starts it all; usage is recovered. */
    public void start() {
        loops.start("alert-spending", LOOK_PAUSE, () -> duties.alerts().run(() -> told(watchSpending.look())));
        loops.start("alert-accounts", LOOK_PAUSE, () -> duties.alerts().run(() -> told(watchAccounts.look())));
        loops.start("alert-keys", KEYS_PAUSE, () -> duties.alerts().run(() -> told(watchKeys.look())));
        loops.start("alert-prices", LOOK_PAUSE, () -> told(missingPrices.raise()));
        loops.start("alert-refusals", LOOK_PAUSE, () -> told(refusedPayers.raise()));
        loops.start("alert-delivery", DELIVERY_PAUSE, () -> duties.alerts().run(this::deliver));
        loops.start("alert-forgetting", FORGETTING_PAUSE, () -> duties.alerts().run(this::forget));
    }

    private static void told(int raised) {
        LOG.trace("raised {} alerts", raised);
    }

    private void deliver() {
        LOG.trace("made {} deliveries", deliverAlerts.deliver());
    }

    private void forget() {
        int forgotten;
        do {
            forgotten = deliverAlerts.forget();
        } while (forgotten > 0 && duties.alerts().isMine());
    }

    @Override
    @PreDestroy
    public void close() {
        loops.close();
    }
}
