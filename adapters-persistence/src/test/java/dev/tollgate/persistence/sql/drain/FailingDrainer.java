package dev.tollgate.persistence.sql.drain;

import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageStream;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream and a ledger whose drainer dies now and then, either side of its commit, and whose batches are cut anew. */
final class FailingDrainer {
    private static final int ONE_IN = 8;

    private final Random random;

    FailingDrainer(long seed) {
        this.random = new Random(seed);
    }

    private synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    private void mayDie() {
        if (below(ONE_IN) == 0) {
            throw new Killed();
        }
    }

    UsageStream stream(UsageStream real) {
        return new Stream(real);
    }

    UsageLedger ledger(UsageLedger real) {
        return new Ledger(real);
    }

    /** Stands for the process's end at that moment. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final class Stream implements UsageStream {
        private final UsageStream real;

        Stream(UsageStream real) {
            this.real = real;
        }

        @Override
        public int shards() {
            return real.shards();
        }

        @Override
        public String generation() {
            return real.generation();
        }

        @Override
        public List<Pending> pending(int shard, int max) {
            return real.pending(shard, 1 + below(max));
        }

        @Override
        public boolean has(int shard, StreamId entry) {
            return real.has(shard, entry);
        }

        @Override
        public void drained(int shard, List<Pending> committed) {
            mayDie();
            real.drained(shard, committed);
        }

        @Override
        public long backlog() {
            return real.backlog();
        }
    }

    private final class Ledger implements UsageLedger {
        private final UsageLedger real;

        Ledger(UsageLedger real) {
            this.real = real;
        }

        @Override
        public boolean record(
                int shard, List<Settlement> batch, @Nullable StreamPosition upTo, BooleanSupplier stands) {
            mayDie();
            boolean isRecorded = real.record(shard, batch, upTo, stands);
            mayDie();
            return isRecorded;
        }

        @Override
        public long deadLetters() {
            return real.deadLetters();
        }

        @Override
        public Set<RequestId> recorded(Collection<RequestId> ids) {
            return real.recorded(ids);
        }

        @Override
        public Set<RequestId> known(Collection<RequestId> ids) {
            return real.known(ids);
        }

        @Override
        public <T> T seed(int shard, Collection<Subject> subjects, Function<Seed, T> use) {
            return real.seed(shard, subjects, use);
        }

        @Override
        public Map<AccountId, Cost> upstreamCost(LocalDate day) {
            return real.upstreamCost(day);
        }

        @Override
        public void makeDurable() {
            real.makeDurable();
        }
    }
}
