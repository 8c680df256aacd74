package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Changes.Change;
import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisNotices;
import dev.tollgate.persistence.server.RedisServers;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes' changes on one database, whose notices go by way of a real Redis. */
class HurriedChangesTest {
    private static final int EDITS = 20;
    /** Polls alone would take a second for each. */
    private static final Duration ALL_HEARD_WITHIN = Duration.ofSeconds(10);

    private static final int LOST_NOTICES = 3;
    private static final Duration POLLED_WITHIN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
    private TestDatabase database;
    private RedisServers redis;
    private RedisConnection nearRedis;
    private RedisConnection farRedis;
    private SqlChanges far;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void start() {
        database = TestDatabase.start();
        redis = RedisServers.single();
        nearRedis = RedisConnection.open(redis.uri());
        farRedis = RedisConnection.open(redis.uri());
        SqlChanges near = database.bean(SqlChanges.class);
        TransactionOperations<Connection> transactions = database.bean(TransactionOperations.class);
        far = new SqlChanges(
                new SqlTransactions(transactions, InstantSource.system(), database.bean(WritersTurn.class)),
                InstantSource.system());
        far.start();
        far.subscribe(heard::add);
        near.afterEdit(new RedisNotices(nearRedis)::tell);
        new RedisNotices(farRedis).listen(far::hurry);
    }

    @AfterEach
    void stop() {
        far.stop();
        nearRedis.close();
        farRedis.close();
        redis.close();
        database.close();
    }

    @Test
    void an_edit_is_heard_of_on_the_other_node_long_before_it_would_look_again() throws InterruptedException {
        edit(0);
        long begun = System.nanoTime();
        for (int edit = 1; edit <= EDITS; edit++) {
            edit(edit);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ALL_HEARD_WITHIN);
    }

    @Test
    void an_edit_whose_notice_is_lost_is_heard_of_within_two_seconds() throws InterruptedException {
        farRedis.close();
        edit(0);
        redis.stopAll();
        List<Duration> taken = new ArrayList<>();
        for (int edit = 1; edit <= LOST_NOTICES; edit++) {
            long begun = System.nanoTime();
            edit(edit);
            taken.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        assertThat(taken)
                .as("the machine may be busy once or twice")
                .anyMatch(time -> time.compareTo(POLLED_WITHIN) < 0);
    }

    private void edit(int id) throws InterruptedException {
        database.transactions().run(sql -> sql.changed(Kind.USER, id));
        assertThat(heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(new Change(Kind.USER, id));
    }
}
