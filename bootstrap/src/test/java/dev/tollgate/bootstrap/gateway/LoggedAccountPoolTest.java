package dev.tollgate.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.account.InMemoryAccounts;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggedAccountPoolTest {
    private static final AccountId ID = new AccountId(7);
    private static final Fault LIMITED = new Fault(Fault.Kind.RATE_LIMITED, 429, null, "slow down, sk-secret");
    private static final Fault BUSY = new Fault(Fault.Kind.OVERLOADED, 529, null, "busy");

    private final Logger log = (Logger) LoggerFactory.getLogger("tollgate.scheduler");
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final InMemoryAccounts stored = new InMemoryAccounts(new InMemoryChanges());
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private LoggedAccountPool pool;

    @BeforeEach
    void keepOneAccount() {
        stored.add(new StoredAccount(
                new Account(ID, "main", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID),
                new Access("https://example.test", null, Map.of()),
                Map.of(),
                StoredAccount.Troubles.NONE,
                now,
                now));
        pool = new LoggedAccountPool(
                new CachedAccountPool(stored, new Credentials(new InMemoryVault()), new InMemoryChanges(), () -> now),
                () -> now);
        told.start();
        log.addAppender(told);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(told);
        log.setLevel(null);
    }

    @Test
    void says_until_when_an_account_is_passed_over_and_not_in_the_providers_words() {
        pool.failed(ID, LIMITED, new Health(Health.Status.RATE_LIMITED, now.plusSeconds(60)));

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("account 7 is RATE_LIMITED until 2026-11-21T12:01:00Z: RATE_LIMITED 429");
    }

    @Test
    void says_once_what_each_call_meets_and_again_when_it_comes_again() {
        for (int call = 0; call < 3; call++) {
            pool.failed(ID, BUSY, new Health(Health.Status.OVERLOADED, now.plusSeconds(60)));
        }
        assertThat(told.list).hasSize(1);

        now = now.plusSeconds(61);
        pool.warned(ID, BUSY, new Health(Health.Status.OVERLOADED, now.plusSeconds(60)));
        assertThat(told.list).hasSize(2);
    }

    @Test
    void says_nothing_of_an_account_that_is_asked_on() {
        pool.failed(ID, new Fault(Fault.Kind.SERVER, 500, null, "oh"), Health.VALID);
        assertThat(told.list).isEmpty();
    }
}
