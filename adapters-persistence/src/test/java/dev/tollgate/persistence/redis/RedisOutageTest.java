package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.server.RedisServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisOutageTest {
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final RedisServers servers = RedisServers.single();
    private final RedisConnection redis = RedisConnection.open(servers.uri());
    private final RedisLiveStore store = new RedisLiveStore(
            redis,
            new InMemoryUsageLedger(),
            StoreClock.ofRedis(InstantSource.system()),
            RedisLiveStoreTest.PATIENT,
            16,
            1_000);

    @AfterEach
    void stop() {
        redis.close();
        servers.close();
    }

    @Test
    void settles_what_redis_did_not_answer_to_once_it_is_back() {
        Settlement settlement = Calls.settled(ticket(), 12);
        String before = store.generation();
        servers.stopAll();
        assertThatThrownBy(() -> store.settle(settlement)).isInstanceOf(StoreUnavailable.class);

        servers.startAgain();
        awaitRedis();
        store.settle(settlement);
        assertThat(store.generation()).isNotEqualTo(before);
        assertThat(store.pending(7, 10)).hasSize(1);
        assertThat(store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL))
                .isEqualTo(new Spent(Money.ofNanos(12), Money.ZERO));
    }

    @Test
    void takes_a_call_s_hold_again_after_its_data_was_lost() {
        Ticket ticket = ticket();
        assertThat(store.reopen(ticket, ticket.hold().amount())).isTrue();
        Waiting.done(redis.ask(commands -> commands.flushall()), AT_MOST);

        assertThat(store.sent(ticket)).isFalse();
        assertThat(store.reopen(ticket, ticket.hold().amount())).isTrue();
        assertThat(store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL))
                .isEqualTo(new Spent(Money.ZERO, Money.ofNanos(70)));
    }

    @Test
    void says_again_whose_data_it_keeps_after_that_was_lost() {
        assertThat(redis.deployment("ours")).isEqualTo("ours");
        Waiting.done(redis.ask(commands -> commands.flushall()), AT_MOST);
        store.refresh();

        assertThat(redis.deployment("another's")).isEqualTo("ours");
    }

    @Test
    void counts_an_orphan_s_result_once_though_its_mark_was_lost() {
        try (TestNode node = new TestNode(servers.uri(), new InMemoryUsageLedger(), RedisLiveStoreTest.PATIENT)) {
            Instant longAgo = Instant.now().minusSeconds(60);
            Ticket ticket = Calls.ticket(Calls.id(longAgo), Money.ofNanos(70));
            node.store.settle(Calls.orphan(ticket, 5));
            assertThat(node.drain()).isOne();
            Waiting.done(redis.ask(commands -> commands.flushall()), AT_MOST);
            node.awaitRefresh();
            assertThat(used(node)).isEqualTo(Money.ofNanos(5));

            node.store.settle(Calls.settled(ticket, 12));
            assertThat(used(node)).isEqualTo(Money.ofNanos(17));
            assertThat(node.drain()).isOne();
            assertThat(used(node)).isEqualTo(Money.ofNanos(12));
            assertThat(node.store.pace(Calls.USER, Calls.PACKAGE).windows().get(Calls.TOTAL))
                    .isEqualTo(new Pace.Requests(1, 0));
        }
    }

    private static Money used(TestNode node) {
        return node.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL).used();
    }

    @Test
    void runs_scripts_redis_has_forgotten() {
        Waiting.done(redis.ask(commands -> commands.scriptFlush()), AT_MOST);

        assertThat(store.reopen(ticket(), ticket().hold().amount())).isTrue();
    }

    @Test
    void trusts_no_counter_before_older_entries_are_in_sql() {
        store.settle(Calls.settled(ticket(), 12));
        Keys keys = new Keys(7);
        Waiting.done(
                redis.ask(commands -> commands.hset(keys.shard(), "generation", Scripts.bytes("earlier"))), AT_MOST);
        assertThat(store.pending(7, 10)).hasSize(1);

        store.drained(7, store.pending(7, 1));
        assertThat(store.spent(Calls.USER, Calls.PACKAGE)).isEmpty();
        assertThat(store.backlog()).isZero();
    }

    private static Ticket ticket() {
        return Calls.ticket(Calls.id(), Money.ofNanos(70));
    }

    private void awaitRedis() {
        long begun = System.nanoTime();
        while (true) {
            try {
                store.refresh();
                return;
            } catch (StoreUnavailable away) {
                if (System.nanoTime() - begun > AT_MOST.toNanos()) {
                    throw away;
                }
                Thread.onSpinWait();
            }
        }
    }
}
