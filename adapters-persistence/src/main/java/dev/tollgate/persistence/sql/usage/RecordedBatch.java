package dev.tollgate.persistence.sql.usage;

import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One batch inside its transaction: inserts what is not there, then adds to every sum the rows that carry this batch's
 * id and no others.
 */
final class RecordedBatch {
    private static final String OF_BATCH = "SELECT request_id, entry FROM usage_record WHERE batch_id = ?";

    private final Sql sql;
    private final int shard;
    private final long batchId;
    private final long nowMillis;
    private final WindowSums windows = new WindowSums();
    private final List<AttemptRow> attempts = new ArrayList<>();

    RecordedBatch(Sql sql, int shard, long batchId, long nowMillis) {
        this.sql = sql;
        this.shard = shard;
        this.batchId = batchId;
        this.nowMillis = nowMillis;
    }

    void write(List<Settlement> batch) throws SQLException {
        List<RecordRow> rows = once(batch).stream().map(RecordRow::whole).toList();
        insert(rows);
        Set<RequestId> inserted = inserted();
        for (RecordRow row : rows) {
            Settlement settlement = row.settlement();
            if (inserted.contains(settlement.id())) {
                count(row);
                attempts.addAll(AttemptRow.of(settlement, 0));
            } else if (settlement.status() != CallStatus.ORPHAN) {
                makeUp(settlement);
            }
        }
        sql.insert(
                AttemptRow.INSERT,
                attempts.stream().map(row -> row.values(batchId)).toList(),
                "");
        windows.write(sql);
        addUp();
    }

    /** Of two results of one call the final one stands. */
    private static Collection<Settlement> once(List<Settlement> batch) {
        Map<RequestId, Settlement> once = new LinkedHashMap<>();
        for (Settlement settlement : batch) {
            once.merge(
                    settlement.id(), settlement, (first, next) -> first.status() == CallStatus.ORPHAN ? next : first);
        }
        return once.values();
    }

    private void insert(List<RecordRow> rows) throws SQLException {
        List<@Nullable Object[]> values =
                rows.stream().map(row -> row.values(batchId, nowMillis)).toList();
        sql.insert(RecordRow.INSERT, values, RecordRow.KEPT);
    }

    private Set<RequestId> inserted() throws SQLException {
        return new HashSet<>(sql.list(OF_BATCH, row -> RequestIds.of(row.bytes("request_id")), batchId));
    }

    private void count(RecordRow row) {
        windows.add(row.settlement().ticket().windows(), row.requests(), row.costNanos());
    }

    /** Adds what an orphan's entry lacks; a record that is final already lacks nothing. */
    private void makeUp(Settlement settlement) throws SQLException {
        byte[] id = RequestIds.bytes(settlement.id());
        List<RecordRow.Recorded> entries = sql.list(RecordRow.Recorded.SELECT, RecordRow.Recorded::of, (Object) id);
        if (entries.size() != 1 || !entries.getFirst().isOrphan()) {
            return;
        }
        List<RecordRow> missing = RecordRow.missing(settlement, entries.getFirst());
        insert(missing);
        missing.forEach(this::count);
        sql.update(AttemptRow.TAKE_BACK, id, id);
        attempts.addAll(AttemptRow.of(settlement, 2));
    }

    private void addUp() throws SQLException {
        for (RollupTable table : RollupTable.ALL) {
            if (table.isByShard()) {
                sql.update(table.add(), batchId, shard);
            } else {
                sql.update(table.add(), batchId);
            }
        }
    }
}
