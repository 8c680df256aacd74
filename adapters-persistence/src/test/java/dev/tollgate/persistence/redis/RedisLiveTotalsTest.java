package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.LiveTotalsContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.server.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLiveTotalsTest extends LiveTotalsContract {
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
    protected Stores create(UsageLedger ledger, InstantSource clock, int shards) {
        Waiting.done(redis.ask(commands -> commands.flushall()), RedisLiveStoreTest.PATIENT.background());
        RedisLiveStore store =
                new RedisLiveStore(redis, ledger, StoreClock.told(clock), RedisLiveStoreTest.PATIENT, shards, 1_000);
        return new Stores(store, store);
    }

    @Test
    void are_kept_under_the_names_others_read_them_by() {
        warm();
        settle(Calls.settled(ticket(Calls.USER), 60));
        warm();
        settle(Calls.settled(ticket(Calls.USER), 7));

        assertThat(hash("{s7}:cost:account:3"))
                .containsEntry("total_cost", "67")
                .containsEntry("requests", "2");
        assertThat(hash("{s7}:cost:account:daily:3:2026-11-21"))
                .containsEntry("total_cost", "67")
                .containsEntry("requests", "2");
        for (String key : List.of("{s7}:usage:user:7", "{s7}:usage:key:9")) {
            assertThat(hash(key)).containsEntry("cost", "67").containsEntry("output_tokens", "67");
            assertThat(hash(key + ":daily:2026-11-21"))
                    .containsEntry("cost", "67")
                    .containsEntry("requests", "2");
        }
        assertThat(timeToLive("{s7}:cost:account:daily:3:2026-11-21"))
                .isBetween(Duration.ofDays(89).toSeconds(), Duration.ofDays(90).toSeconds());
        assertThat(timeToLive("{s7}:cost:account:3")).isEqualTo(-1);
    }

    @Test
    void of_an_earlier_life_are_set_anew_with_their_days() {
        settle(Calls.settled(ticket(Calls.USER), 60));
        warm();
        for (String key : List.of("{s7}:usage:user:7", "{s7}:usage:user:7:daily:2026-11-21")) {
            boolean unused = on(redis.ask(commands -> commands.hset(key, "generation", Scripts.bytes("earlier"))));
            on(redis.ask(commands -> commands.hincrby(key, "cost", 1_000)));
        }
        assertThat(totals.totals(List.of(OF_USER), Set.of(TODAY))).isEmpty();
        settle(Calls.settled(ticket(Calls.USER), 7));
        assertThat(hash("{s7}:usage:user:7")).containsEntry("cost", "1060");
        warm();

        assertThat(totals.totals(List.of(OF_USER), Set.of(TODAY)))
                .isEqualTo(Map.of(OF_USER, new DatedTotals(sums(2, 0, 67), Map.of(TODAY, sums(2, 0, 67)))));
    }

    private static long timeToLive(String key) {
        return on(redis.ask(commands -> commands.ttl(key)));
    }

    private static Map<String, String> hash(String key) {
        Map<String, String> fields = new HashMap<>();
        on(redis.ask(commands -> commands.hgetall(key)))
                .forEach((field, value) -> fields.put(field, new String(value, StandardCharsets.UTF_8)));
        return fields;
    }

    private static <T> T on(CompletionStage<T> answer) {
        return Waiting.on(answer, RedisLiveStoreTest.PATIENT.background());
    }
}
