package dev.tollgate.persistence.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Connects to a single Redis or to a cluster. What a connection is given is sent at most once, and nothing is kept while
 * it is broken.
 */
final class RedisDialing implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";
    private static final String SINGLE = "redis://";
    private static final int QUEUE_MAX = 20_000;
    private static final Duration GREETING_MAX = Duration.ofSeconds(2);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private static final ClientOptions AT_MOST_ONCE = ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE_MAX)
            .replayFilter(command -> true)
            .build();

    private static final Duration RECONNECT_FIRST = Duration.ofMillis(10);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);
    private static final int RECONNECT_GROWTH = 2;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<RedisLink> dial;
    private final Supplier<StatefulRedisPubSubConnection<String, byte[]>> ear;

    private RedisDialing(
            ClientResources resources,
            AbstractRedisClient client,
            Supplier<RedisLink> dial,
            Supplier<StatefulRedisPubSubConnection<String, byte[]>> ear) {
        this.resources = resources;
        this.client = client;
        this.dial = dial;
        this.ear = ear;
    }

    static RedisDialing to(String uri) {
        return uri.startsWith(CLUSTER) ? cluster(uri.substring(CLUSTER.length())) : single(uri);
    }

    private static RedisDialing single(String uri) {
        ClientResources resources = resources();
        RedisClient client = RedisClient.create(resources, uri(uri));
        client.setOptions(AT_MOST_ONCE);
        Supplier<RedisLink> dial = () -> {
            var connection = client.connect(CODEC);
            var commands = connection.async();
            return new RedisLink(connection, commands, () -> List.of(commands.info()));
        };
        return new RedisDialing(resources, client, dial, () -> client.connectPubSub(CODEC));
    }

    private static RedisDialing cluster(String nodes) {
        int credentials = nodes.lastIndexOf('@') + 1;
        List<RedisURI> uris = new ArrayList<>();
        for (String node : nodes.substring(credentials).split(",", -1)) {
            uris.add(uri(SINGLE + nodes.substring(0, credentials) + node));
        }
        ClientResources resources = resources();
        RedisClusterClient client = RedisClusterClient.create(resources, uris);
        client.setOptions(clusterOptions());
        Supplier<RedisLink> dial = () -> {
            StatefulRedisClusterConnection<String, byte[]> connection = client.connect(CODEC);
            return new RedisLink(connection, connection.async(), () -> infosOfMasters(connection));
        };
        return new RedisDialing(resources, client, dial, () -> client.connectPubSub(CODEC));
    }

    private static RedisURI uri(String text) {
        RedisURI uri = RedisURI.create(text);
        uri.setTimeout(GREETING_MAX);
        return uri;
    }

    private static ClientResources resources() {
        return DefaultClientResources.builder()
                .reconnectDelay(() ->
                        Delay.exponential(RECONNECT_FIRST, RECONNECT_MAX, RECONNECT_GROWTH, TimeUnit.MILLISECONDS))
                .build();
    }

    private static ClusterClientOptions clusterOptions() {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enableAllAdaptiveRefreshTriggers()
                .enablePeriodicRefresh()
                .build();
        return ClusterClientOptions.builder(AT_MOST_ONCE)
                .topologyRefreshOptions(refresh)
                .build();
    }

    private static List<CompletionStage<String>> infosOfMasters(StatefulRedisClusterConnection<String, byte[]> all) {
        return List.of(all.async().upstream().commands().info().futures());
    }

    /** Waits at most two seconds for the greeting. @throws io.lettuce.core.RedisException if there is none */
    RedisLink dial() {
        return dial.get();
    }

    /** As {@link #dial}, for listening alone; Lettuce listens again by itself after it broke. */
    StatefulRedisPubSubConnection<String, byte[]> ear() {
        return ear.get();
    }

    /** Runs something, which must not wait, whenever any connection breaks. */
    void onBreak(Runnable broken) {
        client.addListener(new io.lettuce.core.RedisConnectionStateAdapter() {
            @Override
            public void onRedisDisconnected(io.lettuce.core.RedisChannelHandler<?, ?> connection) {
                broken.run();
            }
        });
    }

    @Override
    public void close() {
        client.shutdown();
        var unused = resources.shutdown();
    }
}
