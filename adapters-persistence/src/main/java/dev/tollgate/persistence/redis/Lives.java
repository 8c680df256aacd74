package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The generation every script is given. A shard that answers with another one, or with none, makes this node ask Redis
 * which life it is in, and begin that life in every shard where no other node has.
 */
final class Lives {
    private final RedisConnection redis;
    private final Scripts scripts;
    private final StoreClock clock;
    private final Deadlines deadlines;
    private final List<Keys> shards = new ArrayList<>();
    private final AtomicLong renewals = new AtomicLong();
    private volatile String generation = "";

    Lives(RedisConnection redis, StoreClock clock, Deadlines deadlines, int shards) {
        this.redis = redis;
        this.scripts = new Scripts(redis.commands());
        this.clock = clock;
        this.deadlines = deadlines;
        for (int number = 0; number < shards; number++) {
            this.shards.add(new Keys(number));
        }
    }

    String generation() {
        return generation;
    }

    RedisClusterAsyncCommands<String, byte[]> commands() {
        return redis.commands();
    }

    List<Keys> shards() {
        return shards;
    }

    /** Begins a new life of the data if Redis is in one; asks each master who it is. */
    synchronized void renew() {
        generation = present();
        List<CompletionStage<Reply>> answers = new ArrayList<>();
        for (Keys keys : shards) {
            answers.add(send(Script.RECOVER, List.of(keys.shard(), keys.events()), List.of()));
        }
        answers.forEach(answer -> Waiting.done(answer, deadlines.background()));
        renewals.incrementAndGet();
    }

    /** Of many calls that find the data in another life the first renews for all. */
    private synchronized void renew(long renewalsSeen) {
        if (renewals.get() == renewalsSeen) {
            renew();
        }
    }

    /** Whether Redis is in another life than the one this node knows. */
    boolean isOver() {
        return !generation.equals(present());
    }

    private String present() {
        return ServerInfo.generation(redis.masters(deadlines.background()));
    }

    /** Sends a script with the generation and the time before its own arguments. */
    CompletionStage<Reply> send(Script script, List<String> keys, List<byte[]> arguments) {
        List<byte[]> all = new ArrayList<>(arguments.size() + 2);
        all.add(Scripts.bytes(generation));
        all.add(Scripts.bytes(clock.argument()));
        all.addAll(arguments);
        return scripts.send(script, keys, all);
    }

    Reply run(Script script, List<String> keys, List<byte[]> arguments, Duration deadline) {
        return inThisLife(lives -> Waiting.on(lives.send(script, keys, arguments), deadline));
    }

    /** Runs a script whose answer changes nothing. */
    void tell(Script script, List<String> keys, List<byte[]> arguments, Duration deadline) {
        var unused = run(script, keys, arguments, deadline);
    }

    /** Takes a step, once more where it finds that the data has begun another life. */
    Reply inThisLife(Function<Lives, Reply> step) {
        long renewalsSeen = renewals.get();
        Reply first = step.apply(this);
        if (!first.word().equals("generation")) {
            return first;
        }
        renew(renewalsSeen);
        Reply second = step.apply(this);
        if (second.word().equals("generation")) {
            throw new StoreUnavailable("the store's data changes its life", null);
        }
        return second;
    }

    /** Waits for the first of two answers to the same question; the second is asked where the first is late. */
    Reply resent(Script script, List<String> keys, List<byte[]> arguments) {
        return inThisLife(lives -> {
            CompletableFuture<Reply> first = lives.send(script, keys, arguments).toCompletableFuture();
            try {
                return Waiting.on(first, deadlines.resend());
            } catch (StoreUnavailable late) {
                if (first.isDone()) {
                    throw late;
                }
                CompletableFuture<Reply> second =
                        lives.send(script, keys, arguments).toCompletableFuture();
                return Waiting.on(
                        first.applyToEither(second, Function.identity()),
                        deadlines.reserve().minus(deadlines.resend()));
            }
        });
    }
}
