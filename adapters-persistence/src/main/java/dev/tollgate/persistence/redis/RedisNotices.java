package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody on one Redis that something was edited, and not a word of what. A notice may be lost: whoever listens
 * must find edits without it too.
 */
public final class RedisNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final String CHANNEL = "changes";
    private static final byte[] NOTHING = new byte[0];

    private final RedisConnection redis;
    private final List<StatefulRedisPubSubConnection<String, byte[]>> ears = new ArrayList<>();
    private volatile boolean isClosed;

    public RedisNotices(RedisConnection redis) {
        this.redis = redis;
    }

    /** Does not wait, nor fail while Redis is away; nothing any more once it is closed. */
    public void tell() {
        if (isClosed) {
            return;
        }
        var unused = redis.ask(commands -> commands.publish(CHANNEL, NOTHING)).whenComplete((count, failure) -> {
            if (failure != null) {
                LOG.debug("a notice is lost: {}", failure.getMessage());
            }
        });
    }

    /**
     * Runs an action, which must not wait, at each notice, and whenever it listens again after its connection broke.
     *
     * @throws StoreUnavailable if Redis does not let it listen
     */
    public synchronized void listen(Runnable heard) {
        try {
            StatefulRedisPubSubConnection<String, byte[]> ear = redis.ear();
            ears.add(ear);
            ear.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, byte[] nothing) {
                    heard.run();
                }

                @Override
                public void subscribed(String channel, long count) {
                    heard.run(); // again: what was told in between was not heard
                }
            });
            Waiting.done(ear.async().subscribe(CHANNEL), Deadlines.USUAL.background());
        } catch (RedisException e) {
            throw new StoreUnavailable("Redis cannot be listened to: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        ears.forEach(StatefulRedisPubSubConnection::close);
        ears.clear();
    }
}
