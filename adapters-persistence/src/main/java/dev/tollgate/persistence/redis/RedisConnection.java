package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one connection all calls share, to a single Redis ({@code redis://host:port}) or to a cluster
 * ({@code redis-cluster://host:port,host:port}). Where Redis has not answered for five seconds nothing is asked any more
 * but whether it answers again.
 */
public final class RedisConnection implements AutoCloseable {
    private static final long MICRO_NANOS = 1000;

    private final RedisDialing dialing;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final AtomicLong breaks = new AtomicLong();
    private volatile RedisLink link;
    /** Whose data is kept here; null until that is known to be this node's. */
    private volatile @Nullable String deployment;

    private RedisConnection(RedisDialing dialing) {
        this.dialing = dialing;
        this.link = dialing.dial();
        dialing.onBreak(breaks::incrementAndGet);
    }

    /** @throws StoreUnavailable if nobody answers there */
    public static RedisConnection open(String uri) {
        RedisDialing dialing = RedisDialing.to(uri);
        try {
            return new RedisConnection(dialing);
        } catch (RedisException e) {
            dialing.close();
            throw new StoreUnavailable("Redis cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Asks Redis, unless it has not answered for long. */
    <T> CompletionStage<T> ask(Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
        if (breaker.isOpen()) {
            return CompletableFuture.failedStage(new RedisException("no answer for " + Breaker.PATIENCE));
        }
        return probe(question);
    }

    /** Asks Redis whether or not it has answered of late. */
    <T> CompletionStage<T> probe(Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
        return heard(question.apply(link.commands()));
    }

    private <T> CompletionStage<T> heard(CompletionStage<T> answer) {
        breaker.asked();
        return answer.whenComplete((value, failure) -> {
            if (failure == null || isAnswer(failure)) {
                breaker.answered();
            }
        });
    }

    private static boolean isAnswer(Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof RedisCommandExecutionException);
    }

    /** What every master says of itself. */
    CompletionStage<List<ServerInfo>> masters() {
        List<CompletableFuture<String>> infos = new ArrayList<>();
        link.infos().get().forEach(info -> infos.add(heard(info).toCompletableFuture()));
        return CompletableFuture.allOf(infos.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        infos.stream().map(info -> ServerInfo.of(info.join())).toList());
    }

    /** How often a connection broke: whoever answers since may be another process, with other data. */
    long breaks() {
        return breaks.get();
    }

    /** Takes a new connection where the old one is silent: its other end may be long gone. */
    void renewIfSilent() {
        if (!breaker.isOpen()) {
            return;
        }
        try {
            RedisLink silent = link;
            link = dialing.dial();
            breaks.incrementAndGet();
            var unused = silent.connection().closeAsync();
        } catch (RedisException e) {
            throw new StoreUnavailable("Redis cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Which deployment keeps its data here.
     *
     * @param own becomes its own if it was nobody's
     */
    public String deployment(String own) {
        claim(own);
        byte[] present = Waiting.on(ask(redis -> redis.get(Keys.DEPLOYMENT)), Deadlines.USUAL.background());
        String found = new String(present, StandardCharsets.UTF_8);
        if (found.equals(own)) {
            deployment = own;
        }
        return found;
    }

    /** Says again whose data is kept here, where that was lost with the data. */
    void claimAgain() {
        String own = deployment;
        if (own != null) {
            claim(own);
        }
    }

    private void claim(String own) {
        Waiting.done(ask(redis -> redis.setnx(Keys.DEPLOYMENT, Scripts.bytes(own))), Deadlines.USUAL.background());
    }

    /** A connection of its own to listen on; the caller closes it. */
    StatefulRedisPubSubConnection<String, byte[]> ear() {
        return dialing.ear();
    }

    /** What Redis' clock says; of a cluster, one master's. */
    public Instant time() {
        List<byte[]> told = Waiting.on(ask(RedisClusterAsyncCommands::time), Deadlines.USUAL.background());
        return Instant.ofEpochSecond(number(told.get(0)), Math.multiplyExact(number(told.get(1)), MICRO_NANOS));
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.UTF_8));
    }

    /** Whether a master would throw money away when its memory is full: then nothing may be kept there. */
    public boolean evicts() {
        return Waiting.on(masters(), Deadlines.USUAL.background()).stream().anyMatch(ServerInfo::evicts);
    }

    /** Whether every master writes what it knows to its disk. */
    public boolean isDurable() {
        return Waiting.on(masters(), Deadlines.USUAL.background()).stream().allMatch(ServerInfo::hasAof);
    }

    @Override
    public void close() {
        link.connection().close();
        dialing.close();
    }
}
