package dev.tollgate.persistence.sql.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsageService;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.CloseCallsService;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import dev.tollgate.persistence.server.RedisServers;
import dev.tollgate.persistence.sql.TestDatabase;
import dev.tollgate.persistence.sql.usage.UsageTables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every call is charged once, though it is delivered one to five times, partly past the marks, in batches cut at random
 * by a drainer that is killed either side of its commit. {@code tollgate.drain.events} says how many calls.
 */
class DeliveryTest {
    private static final int EVENTS = Integer.getInteger("tollgate.drain.events", 2_000);
    private static final int DELIVERIES_MAX = 5;
    private static final int SHARDS = 4;
    private static final int USERS = 12;

    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final UsageLedger LEDGER = DATABASE.bean(UsageLedger.class);

    private final Random random = new Random(4);
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final FailingDrainer failing = new FailingDrainer(5);

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
    }

    @Test
    void charges_once_what_redis_delivers() {
        try (RedisServers servers = RedisServers.single();
                RedisConnection redis = RedisConnection.open(servers.uri());
                StreamFill past = new StreamFill(servers.uri(), SHARDS)) {
            RedisLiveStore store =
                    new RedisLiveStore(redis, LEDGER, InstantSource.system(), SHARDS, DELIVERIES_MAX * EVENTS);
            deliver(store, past::append, () -> BusyRedis.refresh(store));
        }
    }

    @Test
    void charges_once_what_the_embedded_store_and_the_journal_deliver() {
        LiveStore store = new EmbeddedLiveStore(LEDGER, InstantSource.system(), SHARDS, DELIVERIES_MAX * EVENTS);
        deliver(store, replayed -> LEDGER.record(shard(replayed), List.of(replayed), null), () -> {});
    }

    private static int shard(Settlement settlement) {
        return settlement.ticket().shard(SHARDS);
    }

    /** @param past delivers to where no mark is asked */
    private void deliver(LiveStore store, Consumer<Settlement> past, Runnable refresh) {
        DrainUsage drainUsage = new DrainUsageService(
                failing.stream(store), failing.ledger(LEDGER), journal, (shard, calls) -> {}, () -> true);
        long sum = 0;
        List<Settlement> deliveries = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Settlement event = Calls.settled(
                    Calls.ticket(Calls.id(), new UserId(1L + i % USERS), Money.ZERO), random.nextInt(900));
            sum += event.charge().total().nanos();
            deliveries.addAll(Collections.nCopies(1 + random.nextInt(DELIVERIES_MAX), event));
        }
        Collections.shuffle(deliveries, random);
        for (Settlement delivery : deliveries) {
            if (random.nextInt(10) == 0) {
                past.accept(delivery);
            } else {
                BusyRedis.settle(store, delivery);
            }
            if (random.nextInt(200) == 0) {
                refresh.run();
                drain(drainUsage);
            }
        }
        refresh.run();
        while (store.backlog() > 0) {
            drain(drainUsage);
        }
        assertThat(number("SELECT COUNT(*) FROM usage_record")).isEqualTo(EVENTS);
        assertThat(number("SELECT SUM(total_cost_nanos) FROM usage_record")).isEqualTo(sum);
        assertThat(number("SELECT SUM(cost_nanos) FROM user_totals")).isEqualTo(sum);
        assertThat(audit(store).checks()).allMatch(AuditUsage.Check::ok);
    }

    private static void drain(DrainUsage drainUsage) {
        try {
            assertThat(drainUsage.drain()).isNotNegative();
        } catch (FailingDrainer.Killed | StoreUnavailable stopped) {
            assertThat(stopped).isNotNull(); // and the next one begins where it left off
        }
    }

    private AuditUsage.Audit audit(LiveStore store) {
        return new AuditUsageService(
                        DATABASE.bean(RecordedUsage.class),
                        LEDGER,
                        store,
                        journal,
                        new CloseCallsService(journal, LEDGER),
                        new OnePrice(),
                        (LiveTotals) store,
                        DATABASE.bean(RecordedTotals.class),
                        InstantSource.system())
                .audit();
    }

    private static long number(String query) {
        return UsageTables.number(DATABASE, query);
    }
}
