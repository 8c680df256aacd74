package dev.tollgate.domain.entitlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which spending is counted together, half-open. It is named by its kind and start, so a new period
 * is a name that has not been used yet and nothing is ever reset.
 *
 * @param end null for a window that never ends
 */
public record Window(
        WindowKind kind, Instant start, @Nullable Instant end) {
    /** The window of all time. */
    public static final Window TOTAL = new Window(WindowKind.TOTAL, Instant.EPOCH, null);

    public Window {
        if (end != null && !start.isBefore(end)) {
            throw new IllegalArgumentException("a window ends after it starts: " + start + " to " + end);
        }
    }

    public WindowKey key() {
        return new WindowKey(kind, start.getEpochSecond());
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && (end == null || instant.isBefore(end));
    }

    /** This window, ended at {@code limit} if that comes before its end; one that begins later stays whole. */
    public Window cutAt(@Nullable Instant limit) {
        boolean sooner = limit != null && limit.isAfter(start) && (end == null || limit.isBefore(end));
        return sooner ? new Window(kind, start, limit) : this;
    }
}
