package dev.tollgate.application.identity;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notices of edits inside a test: delivered at once, on the editor's thread. */
public final class InMemoryChanges implements Changes {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private volatile Instant confirmedAt = Instant.MAX;

    @Override
    public void subscribe(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Override
    public Instant confirmedAt() {
        return confirmedAt;
    }

    public void changed(Kind kind, long id) {
        listeners.forEach(listener -> listener.accept(new Change(kind, id)));
    }

    /** From now on the store has not been heard of since that instant. */
    public void confirmedLast(Instant instant) {
        confirmedAt = instant;
    }
}
