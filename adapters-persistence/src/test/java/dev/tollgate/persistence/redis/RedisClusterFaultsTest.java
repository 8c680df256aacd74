package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.server.RedisServers;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What calls meet while a cluster's slots move or are nobody's. */
@Timeout(120)
class RedisClusterFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHARD_OF_USER = "{s" + Calls.USER.value() + "}:";
    private static final int SLOT = SlotHash.getSlot(SHARD_OF_USER);

    private final RedisServers servers = RedisServers.cluster();
    private final List<Integer> ports = Arrays.stream(
                    servers.uri().substring("redis-cluster://".length()).split(",", -1))
            .map(node -> Integer.parseInt(node.substring(node.indexOf(':') + 1)))
            .toList();
    private final int owner = ports.get(SLOT / (SlotHash.SLOT_COUNT / ports.size() + 1));
    private final TestNode node = new TestNode(servers.uri(), new InMemoryUsageLedger(), Deadlines.USUAL);

    @AfterEach
    void stop() {
        node.close();
        servers.close();
    }

    @Test
    void a_shard_that_moves_to_another_master_is_followed() {
        Ticket ticket = node.open(50);
        Ticket other = node.open(20);
        int target = ports.stream().filter(port -> port != owner).findFirst().orElseThrow();
        String from = tell(owner, RedisCommands::clusterMyId);
        String to = tell(target, RedisCommands::clusterMyId);
        order(target, redis -> redis.clusterSetSlotImporting(SLOT, from));
        order(owner, redis -> redis.clusterSetSlotMigrating(SLOT, to));
        node.settle(ticket, 12);
        List<String> keys = tell(owner, redis -> redis.clusterGetKeysInSlot(SLOT, 100));
        assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith(SHARD_OF_USER));
        order(owner, redis -> redis.migrate("127.0.0.1", target, 0, 5_000, MigrateArgs.Builder.keys(keys)));
        ports.forEach(port -> order(port, redis -> redis.clusterSetSlotNode(SLOT, to)));

        await(this::isHeld);
        node.settle(other, 8);
        await(() -> refreshed() && node.store.backlog() == 2);
        await(() -> node.store
                .spent(Calls.USER, Calls.PACKAGE)
                .get(Calls.TOTAL)
                .used()
                .equals(Money.ofNanos(20)));
    }

    @Test
    void a_cluster_without_all_its_slots_is_away() {
        await(this::isHeld);
        order(owner, redis -> redis.clusterDelSlots(SLOT));
        await(() -> !isHeld());

        order(owner, redis -> redis.clusterAddSlots(SLOT));
        await(() -> refreshed() && isHeld());
        assertThat(node.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL)).isNotEqualTo(Spent.NOTHING);
    }

    private boolean isHeld() {
        return node.store.reserve(TestNode.call(Calls.id(Instant.now()), 1_000_000, 1)) instanceof Reservation.Held;
    }

    private boolean refreshed() {
        try {
            node.store.refresh();
            return true;
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    private static <T> T tell(int port, Function<RedisCommands<String, String>, T> order) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (var connection = client.connect()) {
            return order.apply(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    private static void order(int port, Function<RedisCommands<String, String>, String> order) {
        String answer = tell(port, order);
        assertThat(answer).isEqualTo("OK");
    }

    private static void await(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
