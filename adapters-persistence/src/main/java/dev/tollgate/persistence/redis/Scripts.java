package dev.tollgate.persistence.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Runs scripts by their digest, and by their text where Redis does not know them yet. */
final class Scripts {
    private final RedisConnection redis;

    Scripts(RedisConnection redis) {
        this.redis = redis;
    }

    /** Makes Redis know them all: one that it learns only when it is called runs after what was called next. */
    CompletionStage<Void> load() {
        return CompletableFuture.allOf(Arrays.stream(Script.values())
                .map(script -> redis.probe(commands -> commands.scriptLoad(script.text()))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** @param keys every key the script touches, in the order it expects them */
    CompletionStage<Reply> send(Script script, List<String> keys, List<byte[]> arguments) {
        return redis.ask(commands -> run(commands, script, keys, arguments)).thenApply(Reply::new);
    }

    /** As {@link #send}, though Redis was silent of late. */
    CompletionStage<Reply> probe(Script script, List<String> keys, List<byte[]> arguments) {
        return redis.probe(commands -> run(commands, script, keys, arguments)).thenApply(Reply::new);
    }

    private static CompletionStage<List<Object>> run(
            RedisClusterAsyncCommands<String, byte[]> commands,
            Script script,
            List<String> keys,
            List<byte[]> arguments) {
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.toArray(byte[][]::new);
        CompletionStage<List<Object>> answer =
                commands.<List<Object>>evalsha(script.sha(), ScriptOutputType.MULTI, names, values);
        return answer.exceptionallyCompose(failure -> isUnknown(failure)
                ? commands.<List<Object>>eval(script.text(), ScriptOutputType.MULTI, names, values)
                : CompletableFuture.failedStage(failure));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
