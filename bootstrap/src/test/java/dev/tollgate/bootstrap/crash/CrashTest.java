package dev.tollgate.bootstrap.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Gateways on MariaDB and Redis: whatever is hit at whatever instant, the callers' own log agrees with the books. A few
 * hits of each kind in every build; the profile {@code crash} makes it many, see docs/crash-testing.md.
 */
class CrashTest {
    private static final RunTable TABLE = new RunTable();
    private static final Duration BOTH_AWAY = Duration.ofSeconds(CrashRuns.count("both-seconds", 3));
    private static final Duration HIT_LEAST = Duration.ofSeconds(CrashRuns.count("hit-least-seconds", 2));
    private static final Duration HIT_MOST = Duration.ofSeconds(CrashRuns.count("hit-most-seconds", 3));

    @Test
    void one_node_loses_nothing() {
        CrashRuns runs = new CrashRuns("one-node", TABLE);
        List<Hit> hits = new ArrayList<>();
        hits.addAll(some("gateway", 4, GatewayHits.kill()));
        hits.addAll(some("redis", 2, StoreHits.redisKill()));
        hits.addAll(some("mariadb", 2, StoreHits.mariaDbKill()));
        hits.addAll(some("both", 1, StoreHits.bothKill(BOTH_AWAY)));
        hits.addAll(some("host-loss", 1, StoreHits.redisHostLoss()));
        hits.addAll(some("gateway-freeze", 0, GatewayHits.freeze(HIT_LEAST, HIT_MOST)));
        hits.addAll(some("redis-freeze", 1, StoreHits.redisFreeze(HIT_LEAST, HIT_MOST)));
        hits.addAll(some("mariadb-freeze", 1, StoreHits.mariaDbFreeze(HIT_LEAST, HIT_MOST)));
        runs.run(Ground.Setting.ONE_NODE, shuffled(hits, runs));
    }

    @Test
    void two_nodes_lose_nothing_by_their_network() {
        CrashRuns runs = new CrashRuns("partitions", TABLE);
        List<Hit> hits = new ArrayList<>();
        hits.addAll(some("redis-partition", 0, StoreHits.redisPartition(HIT_LEAST, HIT_MOST)));
        hits.addAll(some("mariadb-partition", 0, StoreHits.mariaDbPartition(HIT_LEAST, HIT_MOST)));
        runs.run(Ground.Setting.PARTITIONED, shuffled(hits, runs));
    }

    @Test
    void two_nodes_lose_nothing_by_kills_and_stops_of_either() {
        CrashRuns runs = new CrashRuns("nodes", TABLE);
        List<Hit> hits = new ArrayList<>();
        hits.addAll(some("node-kill", 0, GatewayHits.kill()));
        hits.addAll(some("node-stop", 0, GatewayHits.stop()));
        hits.addAll(some("node-redis", 0, StoreHits.redisKill()));
        hits.addAll(some("node-mariadb", 0, StoreHits.mariaDbKill()));
        runs.run(Ground.Setting.TWO_NODES, shuffled(hits, runs));
    }

    @AfterAll
    static void printTable() {
        TABLE.print();
    }

    private static List<Hit> some(String what, int inEveryBuild, Hit hit) {
        return Collections.nCopies(CrashRuns.count(what, inEveryBuild), hit);
    }

    private static List<Hit> shuffled(List<Hit> hits, CrashRuns runs) {
        Collections.shuffle(hits, new Random(runs.seed()));
        return hits;
    }
}
