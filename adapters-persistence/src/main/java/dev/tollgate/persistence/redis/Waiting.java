package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Waits for Redis, and tells a Redis that cannot serve now from a script that is wrong. */
final class Waiting {
    /** A script's error carries the cause in its middle: {@code ERR Error running script …: -OOM command not allowed}. */
    private static final Pattern PASSING = Pattern.compile(
            "OOM|LOADING|READONLY|MASTERDOWN|MISCONF|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|BUSY|NOREPLICAS|NOAUTH|WRONGPASS");

    private Waiting() {}

    static <T extends @Nullable Object> T on(CompletionStage<T> answer, Duration atMost) {
        try {
            return answer.toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new StoreUnavailable("Redis did not answer within " + atMost.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for Redis", e);
        } catch (CancellationException e) {
            throw new StoreUnavailable("the connection to Redis broke", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Waits for what is done without an answer worth reading. */
    static void done(CompletionStage<?> answer, Duration atMost) {
        var unused = on(answer, atMost);
    }

    private static RuntimeException failure(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        boolean isWrong = message.startsWith("ERR") && !PASSING.matcher(message).find();
        if (isWrong) {
            return new IllegalStateException(message, cause);
        }
        return new StoreUnavailable("Redis cannot serve: " + message, cause);
    }
}
