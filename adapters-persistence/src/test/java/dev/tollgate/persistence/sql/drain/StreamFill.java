package dev.tollgate.persistence.sql.drain;

import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.codec.WindowsText;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves in Redis what the script of a settlement leaves there, many at once: a backlog of an outage. */
final class StreamFill implements AutoCloseable {
    private static final int AT_ONCE = 1_000;
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final int shards;

    StreamFill(String uri, int shards) {
        this.client = RedisClient.create(uri);
        this.connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        this.connection.setAutoFlushCommands(false);
        this.shards = shards;
    }

    /** Appends calls that were admitted one step after the other. */
    void append(CallMix mix, Instant from, long stepMillis, int calls) {
        for (int done = 0; done < calls; done += AT_ONCE) {
            List<RedisFuture<?>> answers = new ArrayList<>();
            for (int i = done; i < Math.min(calls, done + AT_ONCE); i++) {
                append(mix.settled(from.plusMillis(i * stepMillis)), answers);
            }
            flush(answers);
        }
    }

    /** Appends one call, whatever its mark says. */
    void append(Settlement settlement) {
        List<RedisFuture<?>> answers = new ArrayList<>();
        append(settlement, answers);
        flush(answers);
    }

    private void flush(List<RedisFuture<?>> answers) {
        connection.flushCommands();
        if (!LettuceFutures.awaitAll(ANSWER_MAX, answers.toArray(RedisFuture[]::new))) {
            throw new IllegalStateException("Redis does not answer");
        }
    }

    private void append(Settlement settlement, List<RedisFuture<?>> answers) {
        RedisAsyncCommands<String, byte[]> redis = connection.async();
        String shard = "{s" + settlement.ticket().caller().userId().value() % shards + "}:";
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("id", bytes(settlement.id().text()));
        fields.put("requests", bytes("1"));
        fields.put("cost", bytes(Long.toString(settlement.charge().total().nanos())));
        fields.put("windows", bytes(WindowsText.write(settlement.ticket().windows())));
        fields.put("settlement", UsageCodec.write(settlement));
        answers.add(redis.set(shard + "mark:" + settlement.id().text(), bytes("settled")));
        answers.add(redis.xadd(shard + "usage:events", fields));
        answers.add(redis.hincrby(shard + "shard", "waiting", 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
