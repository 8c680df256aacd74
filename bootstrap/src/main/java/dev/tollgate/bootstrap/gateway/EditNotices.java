package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.persistence.redis.RedisNotices;
import dev.tollgate.persistence.sql.SqlChanges;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has an edit on one node looked for by the others at once, where they share a Redis; else they find it in a second. */
@Singleton
final class EditNotices {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");

    private final Optional<RedisNotices> notices;
    private final SqlChanges changes;

    EditNotices(Optional<RedisNotices> notices, SqlChanges changes) {
        this.notices = notices;
        this.changes = changes;
    }

    void start() {
        notices.ifPresent(redis -> {
            changes.afterEdit(redis::tell);
            try {
                redis.listen(changes::hurry);
            } catch (StoreUnavailable e) {
                LOG.warn("edits on other nodes are seen here within a second, not at once: {}", e.getMessage());
            }
        });
    }
}
