package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.identity.UserId;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The generation every script is given. A shard that answers with another one, or a connection that broke, makes this node
 * ask Redis which life it is in, and begin that life in every shard where no other node has.
 */
final class Lives {
    private static final String UNCERTAIN = "?";

    private final RedisConnection redis;
    private final Scripts scripts;
    private final StoreClock clock;
    private final Deadlines deadlines;
    private final List<Keys> shards = new ArrayList<>();
    private final AtomicReference<@Nullable CompletableFuture<Void>> renewing = new AtomicReference<>();
    private volatile Life life = new Life("", "", false, -1);

    Lives(RedisConnection redis, StoreClock clock, Deadlines deadlines, int shards) {
        this.redis = redis;
        this.scripts = new Scripts(redis);
        this.clock = clock;
        this.deadlines = deadlines;
        for (int number = 0; number < shards; number++) {
            this.shards.add(new Keys(number));
        }
    }

    String generation() {
        return life.generation();
    }

    /** Names the data of every shard: it changes whenever a shard begins a life, in the same generation too. */
    String name() {
        return life.name();
    }

    /** Whether every shard took a write when Redis was asked last, not questions only. */
    boolean isWritable() {
        return life.isWritable();
    }

    List<Keys> shards() {
        return shards;
    }

    Keys shard(UserId user) {
        return shards.get(Math.floorMod(user.value(), shards.size()));
    }

    Scripts scripts() {
        return scripts;
    }

    <T> CompletionStage<T> ask(Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
        return redis.ask(question);
    }

    /** Asks each master who it is, and begins a new life of the data if Redis is in one. */
    void renew() {
        Waiting.done(renewal(), deadlines.background());
    }

    /** Of many that ask at once the first asks for all. */
    private CompletableFuture<Void> renewal() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = renewing.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        var unused = begin().toCompletableFuture()
                .orTimeout(deadlines.background().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((present, failure) -> {
                    renewing.set(null);
                    if (failure == null) {
                        life = present;
                        mine.complete(null);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
        return mine;
    }

    private CompletionStage<Life> begin() {
        long breaks = redis.breaks();
        boolean isSame = breaks == life.breaks();
        CompletionStage<Void> loaded = isSame ? CompletableFuture.completedStage(null) : scripts.load();
        return loaded.thenCompose(done -> redis.masters())
                .thenCompose(masters -> begin(ServerInfo.generation(masters), breaks));
    }

    private CompletionStage<Life> begin(String generation, long breaks) {
        List<byte[]> arguments = List.of(Scripts.bytes(generation), Scripts.bytes(clock.argument()));
        List<CompletableFuture<Reply>> begun = new ArrayList<>();
        for (Keys keys : shards) {
            begun.add(scripts.probe(
                            Script.RECOVER, List.of(keys.shard(), keys.events(), keys.open(), keys.lease()), arguments)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> new Life(
                        generation,
                        begun.stream().map(since -> since.join().text(1)).collect(Collectors.joining(",")),
                        begun.stream().allMatch(since -> since.join().text(2).equals("yes")),
                        breaks));
    }

    /** Sends a script with the generation and the time before its own arguments. */
    CompletionStage<Reply> send(Script script, List<String> keys, List<byte[]> arguments) {
        Life present = life;
        boolean isCertain = present.breaks() == redis.breaks();
        List<byte[]> all = new ArrayList<>(arguments.size() + 2);
        all.add(Scripts.bytes(isCertain ? present.generation() : UNCERTAIN));
        all.add(Scripts.bytes(clock.argument()));
        all.addAll(arguments);
        return scripts.send(script, keys, all);
    }

    Reply run(Script script, List<String> keys, List<byte[]> arguments, Duration deadline) {
        return inThisLife(() -> Waiting.on(send(script, keys, arguments), deadline), deadline);
    }

    /** Runs a script whose answer changes nothing. */
    void tell(Script script, List<String> keys, List<byte[]> arguments, Duration deadline) {
        var unused = run(script, keys, arguments, deadline);
    }

    /** Takes a step, once more where it finds that the data has begun another life. */
    Reply inThisLife(Supplier<Reply> step, Duration deadline) {
        Reply first = step.get();
        if (!first.word().equals("generation")) {
            return first;
        }
        Waiting.done(renewal(), deadline);
        Reply second = step.get();
        if (second.word().equals("generation")) {
            throw new StoreUnavailable("the store's data changes its life", null);
        }
        return second;
    }

    /** Waits for the first of two answers to the same question; the second is asked where the first is late. */
    Reply resent(Script script, List<String> keys, List<byte[]> arguments) {
        return inThisLife(
                () -> {
                    CompletableFuture<Reply> first =
                            send(script, keys, arguments).toCompletableFuture();
                    try {
                        return Waiting.on(first, deadlines.resend());
                    } catch (StoreUnavailable late) {
                        if (first.isDone()) {
                            throw late;
                        }
                        CompletableFuture<Reply> second =
                                send(script, keys, arguments).toCompletableFuture();
                        return Waiting.on(
                                first.applyToEither(second, Function.identity()),
                                deadlines.reserve().minus(deadlines.resend()));
                    }
                },
                deadlines.reserve());
    }

    /** @param breaks how often a connection had broken when Redis was asked */
    private record Life(String generation, String name, boolean isWritable, long breaks) {}
}
