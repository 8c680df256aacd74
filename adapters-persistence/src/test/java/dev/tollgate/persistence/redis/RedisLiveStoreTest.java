package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStoreContract;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.server.RedisServers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLiveStoreTest extends LiveStoreContract {
    static final Deadlines PATIENT = new Deadlines(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ZERO,
            Duration.ZERO);

    private static RedisServers servers;
    private static RedisConnection redis;

    @BeforeAll
    static void startServers() {
        servers = RedisServers.single();
        redis = RedisConnection.open(servers.uri());
    }

    @AfterAll
    static void stop() {
        redis.close();
        servers.close();
    }

    @Override
    protected LiveStore create(UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        Waiting.done(redis.ask(commands -> commands.flushall()), PATIENT.background());
        return new RedisLiveStore(redis, ledger, StoreClock.told(clock), PATIENT, shards, streamMax);
    }

    @Test
    void keeps_nothing_of_a_call_that_was_made_ready_and_never_sent() {
        LiveStore store = create(ledger, clock, 16, 10);
        Ticket ticket = Calls.ticket(Calls.id(), Money.ZERO);
        PayerTerms nobody =
                new PayerTerms(new Payer.Metered(), SpendMode.STRICT, Money.ZERO, Money.ZERO, List.of(), null);
        Reserve call = new Reserve(
                ticket.id(),
                Calls.USER,
                Calls.KEY,
                List.of(nobody),
                List.of(),
                List.of(),
                0,
                Calls.ownWindows(),
                List.of());
        assertThat(store.reserve(call)).isInstanceOf(Reservation.Held.class);
        assertThat(store.sent(ticket)).isTrue();
        assertThat(store.heartbeat(List.of(Calls.progress(ticket, 0)))).isEmpty();

        store.unsend(Calls.USER, ticket.id());
        store.cancel(ticket.id());
        assertThat(store.openHolds()).isZero();
        String progress = new Keys(7).progress();
        Long kept = Waiting.on(redis.ask(commands -> commands.hlen(progress)), PATIENT.background());
        assertThat(kept).isZero();
    }
}
