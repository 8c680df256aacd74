package dev.tollgate.persistence.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Runs scripts by their digest, and by their text where Redis does not know them yet. */
final class Scripts {
    private final RedisClusterAsyncCommands<String, byte[]> commands;

    Scripts(RedisClusterAsyncCommands<String, byte[]> commands) {
        this.commands = commands;
    }

    /** @param keys every key the script touches, in the order it expects them */
    CompletionStage<Reply> send(Script script, List<String> keys, List<byte[]> arguments) {
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.toArray(byte[][]::new);
        CompletionStage<List<Object>> answer =
                commands.<List<Object>>evalsha(script.sha(), ScriptOutputType.MULTI, names, values);
        return answer.exceptionallyCompose(failure -> unknown(failure, script, names, values))
                .thenApply(Reply::new);
    }

    private CompletionStage<List<Object>> unknown(Throwable failure, Script script, String[] names, byte[][] values) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RedisNoScriptException) {
            return commands.eval(script.text(), ScriptOutputType.MULTI, names, values);
        }
        return CompletableFuture.failedStage(cause);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
