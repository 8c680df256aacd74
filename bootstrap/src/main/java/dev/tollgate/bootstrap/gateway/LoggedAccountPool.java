package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.Connection;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log which accounts calls pass over from now on, and until when. What the provider said besides its status
 * may quote the call, so it is left to the account's own page.
 */
public record LoggedAccountPool(AccountPool pool, InstantSource clock) implements AccountPool {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.scheduler");

    @Override
    public List<Account> accounts() {
        return pool.accounts();
    }

    @Override
    public Connection connection(AccountId account) {
        return pool.connection(account);
    }

    @Override
    public int consecutiveFailures(AccountId account) {
        return pool.consecutiveFailures(account);
    }

    @Override
    public void succeeded(AccountId account) {
        pool.succeeded(account);
    }

    @Override
    public void spare(AccountId account, String model, Instant until) {
        LOG.info("account {} is spared {} until {}", account.value(), model, until);
        pool.spare(account, model, until);
    }

    @Override
    public boolean isSpared(AccountId account, String model, Instant now) {
        return pool.isSpared(account, model, now);
    }

    @Override
    public void warned(AccountId account, Fault fault, Health health) {
        tell(account, fault, health);
        pool.warned(account, fault, health);
    }

    @Override
    public void failed(AccountId account, Fault fault, Health health) {
        tell(account, fault, health);
        pool.failed(account, fault, health);
    }

    private void tell(AccountId account, Fault fault, Health health) {
        if (isChanged(account, health)) {
            LOG.info(
                    "account {} is {} until {}: {} {}",
                    account.value(),
                    health.status(),
                    health.until() == null ? "somebody mends it" : health.until(),
                    fault.kind(),
                    fault.httpStatus());
        } else {
            LOG.debug("account {}: {} {}", account.value(), fault.kind(), fault.httpStatus());
        }
    }

    /** An account that is asked on, as the last choice, may fail with each call. */
    private boolean isChanged(AccountId id, Health health) {
        Instant now = clock.instant();
        return health.status() != Health.Status.VALID
                && pool.accounts().stream()
                        .filter(account -> account.id().equals(id))
                        .noneMatch(account -> account.health().at(now).status() == health.status());
    }
}
