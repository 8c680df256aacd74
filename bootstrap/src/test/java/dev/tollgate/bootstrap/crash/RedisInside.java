package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The live store's keys, read past the gateways. */
final class RedisInside implements AutoCloseable {
    private static final List<String> OF_OPEN_CALLS = List.of("open", "ticket", "progress", "held");

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private RedisInside(RedisClient client) {
        this.client = client;
        this.connection = client.connect();
    }

    static RedisInside of(RedisServer redis) {
        return new RedisInside(RedisClient.create(redis.uri()));
    }

    /** The ids of all calls that hold something. */
    Set<String> openCalls() {
        Set<String> calls = new HashSet<>();
        for (String key : redis().keys("{s*}:open")) {
            calls.addAll(redis().hkeys(key));
        }
        return calls;
    }

    /** Whatever is still kept of a call that runs, key by key. */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        for (String key : redis().keys("{*")) {
            String name = key.substring(key.indexOf("}:") + 2);
            if (OF_OPEN_CALLS.contains(name)) {
                redis().hgetall(key).forEach((call, value) -> kept.add(key + " " + call + " " + value));
            } else if (name.equals("lease") || name.equals("slots")) {
                redis().zrange(key, 0, -1).forEach(call -> kept.add(key + " " + call));
            } else if (name.startsWith("limit:") || name.startsWith("pkg:") || name.startsWith("credit:")) {
                counted(redis().hgetall(key)).forEach(field -> kept.add(key + " " + field));
            }
        }
        return kept;
    }

    /** Fields that count calls that run, or what they hold. */
    private static List<String> counted(Map<String, String> subject) {
        return subject.entrySet().stream()
                .filter(field -> field.getKey().startsWith("held:")
                        || field.getKey().startsWith("calls:")
                        || field.getKey().equals("running")
                        || field.getKey().equals("open"))
                .filter(field -> !field.getValue().equals("0"))
                .map(field -> field.getKey() + "=" + field.getValue())
                .toList();
    }

    private RedisCommands<String, String> redis() {
        return connection.sync();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
