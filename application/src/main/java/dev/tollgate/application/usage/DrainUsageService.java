package dev.tollgate.application.usage;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stream, SQL, counters, stream, journal: a crash between any two of these repeats the batch, which then adds nothing and
 * mends the same counters again. While one shard's batch is in SQL's hands another's is read; a shard is never in two at
 * once.
 */
public final class DrainUsageService implements DrainUsage {
    /** Shards drained at once: enough to keep two cores busy, too few to keep calls' readers from SQL. */
    private static final int LANES = 2;

    /** No call is taken for an orphan earlier. */
    private static final long ORPHANED_AFTER_MILLIS = 30_000;

    private final UsageStream stream;
    private final UsageLedger ledger;
    private final UsageJournal journal;
    private final MendCounters mendCounters;
    private final BooleanSupplier isEnabled;
    private final AtomicInteger passes = new AtomicInteger();

    /** @param isEnabled asked each time: {@code sync.enabled} */
    public DrainUsageService(
            UsageStream stream,
            UsageLedger ledger,
            UsageJournal journal,
            MendCounters mendCounters,
            BooleanSupplier isEnabled) {
        this.stream = stream;
        this.ledger = ledger;
        this.journal = journal;
        this.mendCounters = mendCounters;
        this.isEnabled = isEnabled;
    }

    @Override
    public int drain() {
        try {
            return isEnabled.getAsBoolean() ? drainShards() : 0;
        } finally {
            journal.trim(ledger::makeDurable); // also while SQL is away: it is here that the journal makes room again
        }
    }

    /** Each pass begins one shard further: one that cannot be reached must not always be in the way of the same ones. */
    private int drainShards() {
        Pass pass = new Pass(passes.getAndIncrement());
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes.execute(pass);
            }
        }
        return pass.moved();
    }

    private int drain(int shard) {
        String generation = stream.generation();
        List<Pending> batch = stream.pending(shard, BATCH_MAX);
        if (batch.isEmpty()) {
            return 0;
        }
        List<Settlement> settlements = batch.stream().map(Pending::settlement).toList();
        List<Settlement> countedTwice = countedTwice(batch);
        StreamId last = batch.getLast().id();
        boolean isRecorded =
                ledger.record(shard, settlements, new StreamPosition(generation, last), () -> stream.has(shard, last));
        if (!isRecorded) {
            return 0; // the store lost these entries since, and the journals bring them again
        }
        if (!countedTwice.isEmpty()) {
            mendCounters.mend(shard, countedTwice);
        }
        stream.drained(shard, batch);
        close(settlements);
        return batch.size();
    }

    /** An orphan's record closes no call whose result this node knows: that one is still to come. */
    private void close(List<Settlement> recorded) {
        journal.closed(recorded.stream()
                .filter(call -> call.status() != CallStatus.ORPHAN || !hasResult(call.id()))
                .map(Settlement::id)
                .toList());
    }

    private boolean hasResult(RequestId id) {
        return journal.settlement(id)
                .filter(written -> written.status() != CallStatus.ORPHAN)
                .isPresent();
    }

    /** Calls that SQL has, as orphans mostly, of which a store that lost its mark knew nothing when they were settled. */
    private List<Settlement> countedTwice(List<Pending> batch) {
        List<Settlement> late = batch.stream()
                .filter(entry -> entry.addedRequests() > 0 && isLate(entry))
                .map(Pending::settlement)
                .toList();
        if (late.isEmpty()) {
            return List.of();
        }
        Set<RequestId> known = ledger.known(late.stream().map(Settlement::id).toList());
        return late.stream().filter(call -> known.contains(call.id())).toList();
    }

    private static boolean isLate(Pending entry) {
        long admitted = entry.settlement().id().instant().toEpochMilli();
        return entry.id().major() - admitted > ORPHANED_AFTER_MILLIS;
    }

    /** All shards once, each by the lane that comes to it first. */
    private final class Pass implements Runnable {
        private final int first;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger moved = new AtomicInteger();
        private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean isUnhindered = true;

        Pass(int first) {
            this.first = first;
        }

        @Override
        public void run() {
            int number = begun.getAndIncrement();
            while (number < stream.shards() && isUnhindered) {
                drainNext(Math.floorMod(first + number, stream.shards()));
                number = begun.getAndIncrement();
            }
        }

        private void drainNext(int shard) {
            try {
                moved.addAndGet(drain(shard));
            } catch (StoreUnavailable away) {
                isUnhindered = false;
                failures.add(away);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }

        int moved() {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                failures.forEach(failure::addSuppressed);
                throw failure;
            }
            return moved.get();
        }
    }
}
