package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.persistence.cache.CallersAtHand;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has in memory what calls need of the database, before the first of them asks. */
@Singleton
final class WarmStart {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    private final PriceBook prices;
    private final AccountPool accounts;
    private final CallersAtHand callers;

    WarmStart(PriceBook prices, AccountPool accounts, CallersAtHand callers) {
        this.prices = prices;
        this.accounts = accounts;
        this.callers = callers;
    }

    /** What cannot be had now is asked for by the calls that need it. */
    void load() {
        try {
            LOG.debug(
                    "{} models, {} accounts and {} keys are at hand",
                    prices.models().size(),
                    accounts.accounts().size(),
                    callers.load());
        } catch (StoreUnavailable away) {
            LOG.warn("the database went away during the start: {}", away.getMessage());
        }
    }
}
