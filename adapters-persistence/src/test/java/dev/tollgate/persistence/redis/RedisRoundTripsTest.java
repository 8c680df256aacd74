package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.PayerTerms;
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
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
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
        assertThat(store.start(ACCOUNT, ticket)).isTrue();
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
        assertThat(askedAtOnce(2, () -> store.start(ACCOUNT, ticket))).containsExactly("EVALSHA", "EVALSHA");
        assertThat(askedAtOnce(3, () -> {
                    store.bindSession("session", ACCOUNT.id());
                    store.releaseSlot(ACCOUNT.id(), ticket.id(), Money.ZERO);
                    store.settle(Calls.settled(ticket, 1));
                    return true;
                }))
                .containsExactly("SET", "EVALSHA", "EVALSHA");
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
