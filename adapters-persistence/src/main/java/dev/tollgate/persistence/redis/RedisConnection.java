package dev.tollgate.persistence.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The one connection all calls share, to a single Redis ({@code redis://host:port}) or to a cluster
 * ({@code redis-cluster://host:port,host:port}). A command is sent at most once and none is kept while disconnected.
 */
public final class RedisConnection implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";
    private static final String SINGLE = "redis://";
    private static final int QUEUE_MAX = 20_000;
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final AbstractRedisClient client;
    private final StatefulConnection<String, byte[]> connection;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final Supplier<List<CompletionStage<String>>> infos;

    private RedisConnection(
            AbstractRedisClient client,
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> commands,
            Supplier<List<CompletionStage<String>>> infos) {
        this.client = client;
        this.connection = connection;
        this.commands = commands;
        this.infos = infos;
    }

    /** @throws io.lettuce.core.RedisException if nobody answers there */
    public static RedisConnection open(String uri) {
        return uri.startsWith(CLUSTER) ? cluster(uri.substring(CLUSTER.length())) : single(uri);
    }

    private static RedisConnection single(String uri) {
        RedisClient client = RedisClient.create(uri);
        client.setOptions(atMostOnce(ClientOptions.builder()).build());
        try {
            var connection = client.connect(CODEC);
            var commands = connection.async();
            return new RedisConnection(client, connection, commands, () -> List.of(commands.info()));
        } catch (RuntimeException e) {
            client.shutdown();
            throw e;
        }
    }

    private static RedisConnection cluster(String nodes) {
        int credentials = nodes.lastIndexOf('@') + 1;
        List<RedisURI> uris = new ArrayList<>();
        for (String node : nodes.substring(credentials).split(",", -1)) {
            uris.add(RedisURI.create(SINGLE + nodes.substring(0, credentials) + node));
        }
        RedisClusterClient client = RedisClusterClient.create(uris);
        client.setOptions(clusterOptions());
        try {
            StatefulRedisClusterConnection<String, byte[]> connection = client.connect(CODEC);
            return new RedisConnection(client, connection, connection.async(), () -> infosOfMasters(connection));
        } catch (RuntimeException e) {
            client.shutdown();
            throw e;
        }
    }

    private static ClusterClientOptions clusterOptions() {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enableAllAdaptiveRefreshTriggers()
                .enablePeriodicRefresh()
                .build();
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        atMostOnce(options);
        return options.topologyRefreshOptions(refresh).build();
    }

    private static ClientOptions.Builder atMostOnce(ClientOptions.Builder options) {
        return options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE_MAX)
                .replayFilter(command -> true);
    }

    private static List<CompletionStage<String>> infosOfMasters(StatefulRedisClusterConnection<String, byte[]> all) {
        return List.of(all.async().upstream().commands().info().futures());
    }

    RedisClusterAsyncCommands<String, byte[]> commands() {
        return commands;
    }

    /** What each master says of itself. */
    List<CompletionStage<String>> infos() {
        return infos.get();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
