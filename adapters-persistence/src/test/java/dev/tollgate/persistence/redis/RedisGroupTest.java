package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.server.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other tools see of the stream's group: how far SQL is, and what it lacks. */
class RedisGroupTest {
    private static final int SHARD = 7;

    @Test
    void tells_how_far_sql_is() {
        try (RedisServers servers = RedisServers.single();
                RedisConnection redis = RedisConnection.open(servers.uri())) {
            LiveStore store = new RedisLiveStore(
                    redis,
                    new InMemoryUsageLedger(),
                    StoreClock.told(new SteppedClock()),
                    RedisLiveStoreTest.PATIENT,
                    16,
                    1_000);
            for (int i = 0; i < 5; i++) {
                store.settle(Calls.settled(Calls.ticket(Calls.id(), Money.ZERO), 1));
            }
            List<Pending> first = store.pending(SHARD, 2);
            store.drained(SHARD, first);
            store.drained(SHARD, first);
            store.drained(
                    SHARD, List.of(first.getLast(), store.pending(SHARD, 1).getFirst()));

            assertThat(store.backlog()).isEqualTo(2);
            List<?> group = group(redis);
            assertThat(value(group, "pending")).isEqualTo(0L);
            assertThat(group.contains("lag") ? value(group, "lag") : 2L).isEqualTo(2L);
            assertThat(value(group, "last-delivered-id"))
                    .isNotEqualTo(first.getLast().id().text())
                    .isNotEqualTo("0-0");
        }
    }

    private static List<?> group(RedisConnection redis) {
        List<Object> groups = Waiting.on(
                redis.ask(commands -> commands.xinfoGroups(new Keys(SHARD).events())),
                RedisLiveStoreTest.PATIENT.call());
        return ((List<?>) groups.getFirst()).stream().map(RedisGroupTest::text).toList();
    }

    private static Object text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
    }

    private static Object value(List<?> fields, String name) {
        return fields.get(fields.indexOf(name) + 1);
    }
}
