package dev.tollgate.persistence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** Real Redis processes on loopback, stopped when the tests are over. */
public final class RedisServers implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final String HOST = "127.0.0.1";

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    /** Of its own: what another cluster's node on the same port left behind would be taken for this one's. */
    private final Path folder;

    private RedisServers() {
        try {
            folder = Files.createTempDirectory("tollgate-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RedisServers single() {
        RedisServers servers = new RedisServers();
        servers.start("appendonly no");
        return servers;
    }

    public static RedisServers cluster() {
        RedisServers servers = new RedisServers();
        for (int i = 0; i < MASTERS; i++) {
            servers.start("cluster-enabled yes");
        }
        servers.meet();
        return servers;
    }

    public String uri() {
        String nodes = ports.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
        return (ports.size() == 1 ? "redis://" : "redis-cluster://") + nodes;
    }

    private void start(String setting) {
        int port = Ports.freeWithBus();
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .executableProvider(() -> RedisExecutable.path().toFile())
                    .port(port)
                    .bind(HOST)
                    .setting("save \"\"")
                    .setting(setting)
                    .setting("cluster-config-file nodes-" + port + ".conf")
                    .setting("dir " + folder)
                    .build();
            server.start();
            servers.add(server);
            ports.add(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void meet() {
        for (int i = 0; i < MASTERS; i++) {
            RedisClient client = RedisClient.create(RedisURI.create(HOST, ports.get(i)));
            try (var connection = client.connect()) {
                int from = i * SlotHash.SLOT_COUNT / MASTERS;
                int to = (i + 1) * SlotHash.SLOT_COUNT / MASTERS;
                String added = connection
                        .sync()
                        .clusterAddSlots(IntStream.range(from, to).toArray());
                String met = connection.sync().clusterMeet(HOST, ports.get(0));
                assertThat(List.of(added, met)).containsOnly("OK");
            } finally {
                client.shutdown();
            }
        }
        ports.forEach(RedisServers::awaitCluster);
    }

    private static void awaitCluster(int port) {
        RedisClient client = RedisClient.create(RedisURI.create(HOST, port));
        try (var connection = client.connect()) {
            long begun = System.nanoTime();
            while (!connection.sync().clusterInfo().contains("cluster_state:ok")
                    || !connection.sync().clusterInfo().contains("cluster_known_nodes:" + MASTERS)) {
                if (System.nanoTime() - begun > 60_000_000_000L) {
                    throw new IllegalStateException(connection.sync().clusterInfo());
                }
                Thread.onSpinWait();
            }
        } finally {
            client.shutdown();
        }
    }

    public void stopAll() {
        try {
            for (RedisServer server : servers) {
                server.stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts every process again, without its data. */
    public void startAgain() {
        try {
            for (RedisServer server : servers) {
                server.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopAll();
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
