package dev.tollgate.application.usage;

/**
 * How far a shard's stream has been moved into SQL: up to and with an entry of one generation, which is one life of the
 * live store's data. Of another generation nothing has been moved.
 */
public record StreamPosition(String generation, StreamId last) {
    /** Whether an entry of a generation is in SQL. */
    public boolean covers(String entryGeneration, StreamId entry) {
        return generation.equals(entryGeneration) && entry.compareTo(last) <= 0;
    }
}
