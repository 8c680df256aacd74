package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.sql.identity.SqlDeployment;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether settings, database and Redis are of one deployment: money of two must never meet. */
@Singleton
final class Identity {
    private final SqlDeployment database;
    private final Optional<RedisConnection> redis;
    private final int shards;

    Identity(SqlDeployment database, Optional<RedisConnection> redis, @Value("${tollgate.shards:16}") int shards) {
        this.database = database;
        this.redis = redis;
        this.shards = shards;
    }

    /** Makes new stores this deployment's. @throws StartRefused if a store is another's */
    void require() {
        SqlDeployment.Deployment own = database.claim(shards);
        if (own.shards() != shards) {
            throw new StartRefused("the database was set up with " + own.shards() + " shards, and their number is for"
                    + " ever: set TOLLGATE_SHARDS to " + own.shards() + ", not " + shards);
        }
        redis.ifPresent(connection -> require(connection, own));
    }

    private static void require(RedisConnection connection, SqlDeployment.Deployment own) {
        String found = connection.deployment(own.text());
        if (!found.equals(own.text())) {
            throw new StartRefused("Redis keeps the data of deployment " + found + ", the database those of "
                    + own.text() + ": one of them is the wrong one");
        }
    }
}
