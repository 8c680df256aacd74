package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shard's row, locked until the transaction ends. */
final class ShardState {
    /** Low bits of a batch id that tell the shards apart. */
    private static final int SHARD_BITS = 10;

    private final int shard;
    private final @Nullable StreamPosition drained;
    private long batches;

    private ShardState(int shard, @Nullable StreamPosition drained, long batches) {
        this.shard = shard;
        this.drained = drained;
        this.batches = batches;
    }

    static ShardState lock(Sql sql, int shard) throws SQLException {
        Optional<ShardState> found = find(sql, shard);
        if (found.isPresent()) {
            return found.get();
        }
        sql.update(
                "INSERT INTO shard_state (shard, last_major, last_minor, batches, moved_at) VALUES (?, 0, 0, 0, 0)"
                        + " ON DUPLICATE KEY UPDATE shard = shard",
                shard);
        return find(sql, shard).orElseThrow();
    }

    private static Optional<ShardState> find(Sql sql, int shard) throws SQLException {
        return sql.first("SELECT * FROM shard_state WHERE shard = ? FOR UPDATE", ShardState::of, shard);
    }

    private static ShardState of(Row row) throws SQLException {
        String generation = row.textOrNull("generation");
        StreamId last = new StreamId(row.number("last_major"), row.number("last_minor"));
        return new ShardState(
                row.integer("shard"),
                generation == null ? null : new StreamPosition(generation, last),
                row.number("batches"));
    }

    /** How many batch ids each shard has drawn. */
    static Map<Integer, Long> batches(Sql sql) throws SQLException {
        Map<Integer, Long> batches = new HashMap<>();
        sql.list(
                        "SELECT shard, batches FROM shard_state",
                        row -> Map.entry(row.integer("shard"), row.number("batches")))
                .forEach(shard -> batches.put(shard.getKey(), shard.getValue()));
        return batches;
    }

    static long batchId(int shard, long number) {
        return number << SHARD_BITS | shard;
    }

    /** The expression for the shard that drew a batch id. */
    static String shardOf(String batchId) {
        return "MOD(" + batchId + ", " + (1 << SHARD_BITS) + ")";
    }

    int shard() {
        return shard;
    }

    /** How far the shard's stream is in SQL, null if it never was. */
    @Nullable
    StreamPosition drained() {
        return drained;
    }

    /** An id no committed batch has: it is drawn from the locked row, so no clock and no chance is trusted. */
    long nextBatchId() {
        batches++;
        return batchId(shard, batches);
    }

    /** Writes what was drawn, and moves the stream on unless it is that far already. */
    void save(Sql sql, @Nullable StreamPosition upTo, long nowMillis) throws SQLException {
        boolean isFurther = upTo != null && (drained == null || !drained.covers(upTo.generation(), upTo.last()));
        StreamPosition reached = isFurther ? upTo : drained;
        StreamId last = reached == null ? StreamId.START : reached.last();
        sql.update(
                "UPDATE shard_state SET generation = ?, last_major = ?, last_minor = ?, batches = ?, moved_at = ?"
                        + " WHERE shard = ?",
                reached == null ? null : reached.generation(),
                last.major(),
                last.minor(),
                batches,
                nowMillis,
                shard);
    }
}
