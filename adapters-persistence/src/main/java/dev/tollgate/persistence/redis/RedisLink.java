package dev.tollgate.persistence.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A connection to Redis as it is used.
 *
 * @param infos asks every master about itself
 */
record RedisLink(
        StatefulConnection<String, byte[]> connection,
        RedisClusterAsyncCommands<String, byte[]> commands,
        Supplier<List<CompletionStage<String>>> infos) {}
