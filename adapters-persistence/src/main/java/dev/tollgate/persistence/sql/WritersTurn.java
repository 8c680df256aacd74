package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.StoreUnavailable;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time write to the embedded database; a server has as many as come.
 *
 * <p>When H2 commits, it stores its tables and indexes one after the other, so that of another transaction under way
 * some changes are stored and some not. The next commit makes up for it, but a process killed before it leaves sums and
 * indexes that contradict their tables (h2database issue 2080). With one writer there is nothing under way.
 */
@Singleton
final class WritersTurn {
    private final @Nullable ReentrantLock writing;

    @Inject
    WritersTurn(@Property(name = "datasources.default.url") String url) {
        this(url.startsWith("jdbc:h2:"));
    }

    WritersTurn(boolean isOneAtATime) {
        this.writing = isOneAtATime ? new ReentrantLock(true) : null;
    }

    /** Runs a transaction when those that came before have ended. @throws StoreUnavailable if they take too long */
    <T extends @Nullable Object> T within(Duration patience, Supplier<T> transaction) {
        if (writing == null) {
            return transaction.get();
        }
        await(writing, patience);
        try {
            return transaction.get();
        } finally {
            writing.unlock();
        }
    }

    /** Whether this thread may write now. */
    boolean isTaken() {
        return writing == null || writing.isHeldByCurrentThread();
    }

    private static void await(ReentrantLock writing, Duration patience) {
        try {
            if (!writing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreUnavailable("others have been writing to the database for " + patience, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted before it could write to the database", e);
        }
    }
}
