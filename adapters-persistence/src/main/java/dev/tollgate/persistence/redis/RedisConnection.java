package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
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
 * The one connection all calls share, to a single Redis ({@code redis://host:port}) or to a cluster
 * ({@code redis-cluster://host:port,host:port}). A command is sent at most once and none is kept while disconnected.
 */
public final class RedisConnection implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";
    private static final String SINGLE = "redis://";
    private static final int QUEUE_MAX = 20_000;
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
    private final StatefulConnection<String, byte[]> connection;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final Supplier<List<CompletionStage<String>>> infos;

    private RedisConnection(
            ClientResources resources,
            AbstractRedisClient client,
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> commands,
            Supplier<List<CompletionStage<String>>> infos) {
        this.resources = resources;
        this.client = client;
        this.connection = connection;
        this.commands = commands;
        this.infos = infos;
    }

    /** @throws StoreUnavailable if nobody answers there */
    public static RedisConnection open(String uri) {
        try {
            return uri.startsWith(CLUSTER) ? cluster(uri.substring(CLUSTER.length())) : single(uri);
        } catch (RedisException e) {
            throw new StoreUnavailable("Redis cannot be reached: " + e.getMessage(), e);
        }
    }

    private static RedisConnection single(String uri) {
        ClientResources resources = resources();
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(AT_MOST_ONCE);
        try {
            var connection = client.connect(CODEC);
            var commands = connection.async();
            return new RedisConnection(resources, client, connection, commands, () -> List.of(commands.info()));
        } catch (RuntimeException e) {
            shutdown(client, resources);
            throw e;
        }
    }

    private static RedisConnection cluster(String nodes) {
        int credentials = nodes.lastIndexOf('@') + 1;
        List<RedisURI> uris = new ArrayList<>();
        for (String node : nodes.substring(credentials).split(",", -1)) {
            uris.add(RedisURI.create(SINGLE + nodes.substring(0, credentials) + node));
        }
        ClientResources resources = resources();
        RedisClusterClient client = RedisClusterClient.create(resources, uris);
        client.setOptions(clusterOptions());
        try {
            StatefulRedisClusterConnection<String, byte[]> connection = client.connect(CODEC);
            return new RedisConnection(
                    resources, client, connection, connection.async(), () -> infosOfMasters(connection));
        } catch (RuntimeException e) {
            shutdown(client, resources);
            throw e;
        }
    }

    private static ClientResources resources() {
        return DefaultClientResources.builder()
                .reconnectDelay(() ->
                        Delay.exponential(RECONNECT_FIRST, RECONNECT_MAX, RECONNECT_GROWTH, TimeUnit.MILLISECONDS))
                .build();
    }

    private static void shutdown(AbstractRedisClient client, ClientResources resources) {
        client.shutdown();
        var unused = resources.shutdown();
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

    RedisClusterAsyncCommands<String, byte[]> commands() {
        return commands;
    }

    List<ServerInfo> masters(Duration deadline) {
        List<ServerInfo> masters = new ArrayList<>();
        for (CompletionStage<String> info : infos.get()) {
            masters.add(ServerInfo.of(Waiting.on(info, deadline)));
        }
        return masters;
    }

    /** Whether a master would throw money away when its memory is full: then nothing may be kept there. */
    public boolean evicts() {
        return masters(Deadlines.USUAL.background()).stream().anyMatch(ServerInfo::evicts);
    }

    /** Whether every master writes what it knows to its disk. */
    public boolean isDurable() {
        return masters(Deadlines.USUAL.background()).stream().allMatch(ServerInfo::hasAof);
    }

    @Override
    public void close() {
        connection.close();
        shutdown(client, resources);
    }
}
