package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of stored things in memory, loaded when first asked for and again after each change of its kinds. While the
 * store is away the last copy serves on, as long as the news of changes is not too old.
 *
 * @param <T> what is copied; never changed once loaded
 */
public final class Snapshot<T> {
    /** The longest a copy may serve without a word from the store. */
    public static final Duration UNCONFIRMED_MAX = Duration.ofMinutes(15);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Supplier<T> load;
    private final Changes changes;
    private final InstantSource clock;
    private volatile @Nullable T copy;
    private volatile @Nullable Instant retryAt;

    public Snapshot(Supplier<T> load, Changes changes, Set<Changes.Kind> kinds, InstantSource clock) {
        this.load = load;
        this.changes = changes;
        this.clock = clock;
        changes.subscribe(change -> {
            if (kinds.contains(change.kind())) {
                refresh();
            }
        });
    }

    /** @throws StoreUnavailable if nothing was loaded yet and cannot be, or the copy is too old to be trusted */
    public T get() {
        T current = copy;
        if (current == null) {
            return first();
        }
        Instant now = clock.instant();
        Instant retry = retryAt;
        if (retry != null && !now.isBefore(retry)) {
            refresh();
            current = copy;
        }
        if (changes.confirmedAt().isBefore(now.minus(UNCONFIRMED_MAX))) {
            throw new StoreUnavailable("the store has not been heard of for too long", null);
        }
        return Objects.requireNonNull(current);
    }

    /** Loads a new copy; where that fails the old one stays, and the next reader after a moment tries again. */
    public synchronized void refresh() {
        try {
            copy = load.get();
            retryAt = null;
        } catch (StoreUnavailable away) {
            retryAt = clock.instant().plus(RETRY_AFTER);
        }
    }

    private synchronized T first() {
        T current = copy;
        if (current == null) {
            current = load.get();
            copy = current;
        }
        return current;
    }
}
