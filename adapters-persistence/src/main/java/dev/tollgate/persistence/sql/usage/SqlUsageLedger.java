package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import dev.tollgate.persistence.sql.usage.RecordRow.Recorded;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Usage in SQL: one transaction a batch, serialised by the shard's row, counting once whatever is repeated. */
@Singleton
final class SqlUsageLedger implements UsageLedger {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final Duration WINDOWS_SEEDED = Duration.ofDays(100);
    private static final int IDS_AT_ONCE = 500;
    private static final int REASON_MAX = 512;

    private final SqlTransactions transactions;
    private final InstantSource clock;

    SqlUsageLedger(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public boolean record(int shard, List<Settlement> batch, @Nullable StreamPosition upTo, BooleanSupplier stands) {
        return transactions.write(sql -> {
            ShardState state = ShardState.lock(sql, shard);
            if (!stands.getAsBoolean()) {
                return false;
            }
            if (!batch.isEmpty()) {
                record(sql, state, batch);
            }
            state.save(sql, upTo, clock.millis());
            return true;
        });
    }

    /** Writes a batch; if its data cannot be written, halves of it, down to the one settlement that cannot. */
    private void record(Sql sql, ShardState state, List<Settlement> batch) throws SQLException {
        Savepoint before = sql.connection().setSavepoint();
        try {
            new RecordedBatch(sql, state.shard(), state.nextBatchId(), clock.millis()).write(batch);
        } catch (SQLException | ArithmeticException e) {
            if (!isPoison(e)) {
                throw e;
            }
            sql.connection().rollback(before);
            if (batch.size() == 1) {
                putAside(sql, state.shard(), batch.getFirst(), e);
            } else {
                int half = batch.size() / 2;
                record(sql, state, batch.subList(0, half));
                record(sql, state, batch.subList(half, batch.size()));
            }
        }
    }

    /** Whether the data is at fault and not the moment: out of range, too long, in the way of a constraint. */
    private static boolean isPoison(Exception e) {
        if (!(e instanceof SQLException refused)) {
            return true;
        }
        for (SQLException cause = refused; cause != null; cause = cause.getNextException()) {
            String state = Objects.requireNonNullElse(cause.getSQLState(), "");
            if (state.startsWith("22") || state.startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private void putAside(Sql sql, int shard, Settlement poison, Exception reason) throws SQLException {
        byte[] id = RequestIds.bytes(poison.id());
        if (sql.number("SELECT COUNT(*) FROM dead_letter WHERE request_id = ?", (Object) id) > 0) {
            return;
        }
        List<Recorded> entries = sql.list(Recorded.SELECT, Recorded::of, (Object) id);
        if (!entries.isEmpty()
                && (poison.status() == CallStatus.ORPHAN || !entries.getLast().isOrphan())) {
            return; // it adds nothing to what is recorded
        }
        String why = Cut.to(REASON_MAX, String.valueOf(reason.getMessage()));
        sql.update(
                "INSERT INTO dead_letter (request_id, shard, user_id, recorded_at, cost_nanos, reason, settlement_json)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                shard,
                poison.ticket().caller().userId().value(),
                clock.millis(),
                poison.charge().total(),
                why,
                new String(UsageCodec.write(poison), StandardCharsets.UTF_8));
        LOG.error(
                "call {} cannot be recorded and becomes a dead letter: {}",
                poison.id().text(),
                why);
        WindowSums windows = new WindowSums();
        windows.add(poison.ticket().windows(), 1, poison.charge().total().nanos());
        for (Recorded orphan : entries) {
            windows.add(poison.ticket().windows(), -orphan.requests(), -orphan.costNanos());
        }
        windows.write(sql);
    }

    @Override
    public long deadLetters() {
        return transactions.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM dead_letter"));
    }

    @Override
    public Set<RequestId> recorded(Collection<RequestId> wanted) {
        return found(wanted, "status <> 'orphan'");
    }

    @Override
    public Set<RequestId> known(Collection<RequestId> wanted) {
        return found(wanted, "entry = 0");
    }

    private Set<RequestId> found(Collection<RequestId> wanted, String condition) {
        Set<RequestId> found = new HashSet<>();
        List<RequestId> all = List.copyOf(wanted);
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            List<RequestId> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
            found.addAll(transactions.read(sql -> found(sql, some, condition)));
        }
        return found;
    }

    private static List<RequestId> found(Sql sql, List<RequestId> some, String condition) throws SQLException {
        String places = String.join(", ", Collections.nCopies(some.size(), "?"));
        List<Object> values = new ArrayList<>();
        some.forEach(id -> values.add(RequestIds.bytes(id)));
        some.forEach(id -> values.add(RequestIds.bytes(id)));
        return sql.list(
                "SELECT request_id FROM usage_record WHERE request_id IN (" + places + ") AND " + condition
                        + " UNION SELECT request_id FROM dead_letter WHERE request_id IN (" + places + ")",
                row -> RequestIds.of(row.bytes("request_id")),
                values.toArray());
    }

    @Override
    public <T> T seed(int shard, Collection<Subject> subjects, Function<Seed, T> use) {
        long oldest = clock.instant().minus(WINDOWS_SEEDED).getEpochSecond();
        return transactions.write(sql -> {
            StreamPosition drained = ShardState.lock(sql, shard).drained();
            Map<Subject, Map<WindowKey, Used>> used = new HashMap<>();
            for (Subject subject : subjects) {
                used.put(subject, used(sql, subject, oldest));
            }
            return use.apply(new Seed(drained, used));
        });
    }

    private static Map<WindowKey, Used> used(Sql sql, Subject subject, long oldest) throws SQLException {
        Map<WindowKey, Used> windows = new HashMap<>();
        sql.list(
                        "SELECT window_kind, window_start, requests, cost_nanos FROM window_usage"
                                + " WHERE subject_kind = ? AND subject_id = ?"
                                + " AND (window_kind = 'total' OR window_start >= ?)",
                        row -> Map.entry(
                                new WindowKey(
                                        row.constant("window_kind", WindowKind.class), row.number("window_start")),
                                new Used(row.number("requests"), row.money("cost_nanos"))),
                        subject.kind(),
                        subject.id(),
                        oldest)
                .forEach(window -> windows.put(window.getKey(), window.getValue()));
        return windows;
    }

    @Override
    public Map<AccountId, Cost> upstreamCost(LocalDate day) {
        Map<AccountId, Cost> costs = new HashMap<>();
        transactions
                .read(sql -> sql.list(
                        "SELECT account_id, SUM(upstream_cost_picos) AS picos FROM account_upstream"
                                + " WHERE bucket_start = ? GROUP BY account_id",
                        row -> Map.entry(new AccountId(row.number("account_id")), row.cost("picos")),
                        day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()))
                .forEach(sum -> costs.put(sum.getKey(), sum.getValue()));
        return costs;
    }

    /** A committed transaction of H2 is in its file, but not yet on the disk; the other databases sync their logs. */
    @Override
    public void makeDurable() {
        transactions.run(sql -> {
            if (sql.connection().getMetaData().getDatabaseProductName().equals("H2")) {
                sql.update("CHECKPOINT SYNC");
            }
        });
    }
}
