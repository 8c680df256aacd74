package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore.Leased;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.server.RedisServers;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often a call waits for Redis: everything a step asks is heard while no answer is let through, and nothing more
 * afterwards. Two such steps come before the first upstream byte, one is the end.
 */
@Timeout(60)
class RedisRoundTripsTest {
    private static final Account ACCOUNT = new Account(
            Calls.ACCOUNT,
            "one",
            AccountType.SIMULATED,
            new Placement(0, 1, 10, Money.ZERO),
            Serving.BY_FAMILY,
            true,
            Health.VALID);

    private final RedisServers servers = RedisServers.single();
    private final GatedRedis redis = new GatedRedis(servers.uri());
    private final RedisConnection connection = RedisConnection.open(redis.uri());
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final RedisLiveStore store = new RedisLiveStore(
            connection,
            new InMemoryUsageLedger(),
            StoreClock.ofRedis(InstantSource.system()),
            RedisLiveStoreTest.PATIENT,
            16,
            1_000);

    @BeforeEach
    void makes_a_first_call() throws Exception {
        Ticket ticket = ticket();
        assertThat(store.reserve(call(ticket.id()))).isInstanceOf(Reservation.Held.class);
        assertThat(store.start(ACCOUNT, ticket, Money.ZERO)).isEqualTo(Leased.TAKEN);
        store.bindSession("session", ACCOUNT.id());
        store.releaseSlot(ACCOUNT.id(), ticket.id(), Money.ZERO);
        store.settle(Calls.settled(ticket, 1));
    }

    @AfterEach
    void stop() throws IOException {
        redis.open();
        callers.close();
        connection.close();
        redis.close();
        servers.close();
    }

    @Test
    void a_call_takes_two_before_it_is_sent_and_one_at_its_end() throws Exception {
        Ticket ticket = ticket();
        assertThat(askedAtOnce(3, () -> store.reserve(call(ticket.id())) instanceof Reservation.Held))
                .containsExactlyInAnyOrder("GET", "GET", "EVALSHA");
        assertThat(askedAtOnce(2, () -> store.start(ACCOUNT, ticket, Money.ZERO) == Leased.TAKEN))
                .containsExactly("EVALSHA", "EVALSHA");
        assertThat(askedAtOnce(3, () -> {
                    store.bindSession("session", ACCOUNT.id());
                    store.releaseSlot(ACCOUNT.id(), ticket.id(), Money.ZERO);
                    store.settle(Calls.settled(ticket, 1));
                    return true;
                }))
                .containsExactly("SET", "EVALSHA", "EVALSHA");
    }

    @Test
    void admission_alone_takes_one_however_many_limits_and_payers_it_asks() throws Exception {
        Reserve first = limited();
        assertThat(store.reserve(first)).isInstanceOf(Reservation.Held.class);
        store.cancel(first.id());
        Reserve second = limited();
        assertThat(askedAtOnce(1, () -> store.reserve(second) instanceof Reservation.Held))
                .containsExactly("EVALSHA");
        store.cancel(second.id());
    }

    /** Limits of key and user, a subscription of three windows and the user's credit; no session. */
    private static Reserve limited() {
        Window month = new Window(WindowKind.MONTH, Calls.DAY.start(), Calls.DAY.end());
        Window week = new Window(WindowKind.WEEK, Calls.DAY.start(), Calls.DAY.end());
        Subject credit = new Subject(SubjectKind.CREDIT, Calls.USER.value());
        List<WindowKey> windows = List.of(Calls.DAY.key(), week.key(), month.key());
        Money dollar = Money.ofDollars("1");
        return new Reserve(
                Calls.id(InstantSource.system().instant()),
                Calls.USER,
                Calls.KEY,
                List.of(
                        new PayerTerms(
                                new Payer.OfPackage(new UserPackageId(Calls.PACKAGE.id())),
                                SpendMode.STRICT,
                                Money.ofNanos(2),
                                Money.ofNanos(1),
                                List.of(
                                        new CostLimit(Calls.PACKAGE, Calls.DAY, dollar, 1),
                                        new CostLimit(Calls.PACKAGE, week, dollar, 1),
                                        new CostLimit(Calls.PACKAGE, month, dollar, 1)),
                                new SubjectWindows(Calls.PACKAGE, windows)),
                        new PayerTerms(
                                new Payer.OfCredit(Calls.USER),
                                SpendMode.STRICT,
                                Money.ofNanos(2),
                                Money.ofNanos(1),
                                List.of(new CostLimit(credit, Window.TOTAL, dollar, 1)),
                                new SubjectWindows(credit, List.of(Window.TOTAL.key())))),
                List.of(
                        new CostLimit(Calls.OF_USER, Calls.DAY, dollar, 0),
                        new CostLimit(Calls.OF_KEY, Calls.DAY, dollar, 0),
                        new CostLimit(Calls.OF_KEY, Window.TOTAL, dollar, 0)),
                List.of(
                        new RateLimits(Calls.OF_USER, 100, 0, 10, 0, Calls.DAY),
                        new RateLimits(Calls.OF_KEY, 100, 1_000, 10, 100, Calls.DAY)),
                10,
                Calls.ownWindows(),
                List.of());
    }

    private List<String> askedAtOnce(int commands, Callable<Boolean> step) throws Exception {
        redis.shut();
        Future<Boolean> done = callers.submit(step);
        List<String> heard = redis.heard(commands);
        assertThat(done.isDone()).isFalse();
        redis.open();
        assertThat(done.get()).isTrue();
        assertThat(redis.rest()).isEmpty();
        return heard;
    }

    private static Ticket ticket() {
        return Calls.ticket(Calls.id(InstantSource.system().instant()), Money.ofNanos(1));
    }

    private static Reserve call(RequestId id) {
        return new Reserve(
                id,
                Calls.USER,
                Calls.KEY,
                List.of(new PayerTerms(
                        new Payer.Metered(), SpendMode.STRICT, Money.ofNanos(1), Money.ofNanos(1), List.of(), null)),
                List.of(),
                List.of(),
                1,
                Calls.ownWindows(),
                List.of("session", "weaker"));
    }
}
