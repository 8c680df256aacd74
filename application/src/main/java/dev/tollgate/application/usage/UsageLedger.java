package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where usage rests for years: SQL. Every method throws {@link dev.tollgate.application.identity.StoreUnavailable} if it
 * cannot be asked.
 */
public interface UsageLedger {
    /**
     * Records settlements with their attempts, rollups, windows and totals and moves the shard's row, all in one
     * transaction. What is recorded already is skipped or, where an orphan was, made up to the final result by an
     * adjustment; so a batch repeated, re-cut or raced counts once. A settlement that cannot be written is put aside as
     * a dead letter in the same step and the others are recorded.
     *
     * @param upTo how far the shard's stream is then in SQL; null if the batch does not come from it
     * @param stands asked once nothing else moves into the shard's sums: whether the batch is still to be recorded
     * @return false if it was not to be, and nothing is recorded
     */
    boolean record(int shard, List<Settlement> batch, @Nullable StreamPosition upTo, BooleanSupplier stands);

    /** Records a batch whatever has happened since it was made. */
    default void record(int shard, List<Settlement> batch, @Nullable StreamPosition upTo) {
        boolean always = record(shard, batch, upTo, () -> true);
        assert always;
    }

    /** How many settlements were put aside as dead letters. */
    long deadLetters();

    /** Which of these calls are recorded with a final result. */
    Set<RequestId> recorded(Collection<RequestId> ids);

    /** Which of these calls have any record, an orphan's too. */
    Set<RequestId> known(Collection<RequestId> ids);

    /**
     * Sums a shard's subjects and hands them on while the shard's row is locked, so that nothing moves into SQL
     * meanwhile. Waits for that row at most two seconds.
     */
    <T> T seed(int shard, Collection<Subject> subjects, Function<Seed, T> use);

    /** What each account's attempts cost at list price on a UTC day; an account without any is absent. */
    Map<AccountId, Cost> upstreamCost(LocalDate day);

    /** Makes sure that what is recorded outlives a loss of power. */
    void makeDurable();

    /**
     * What SQL knows to be used.
     *
     * @param drained how far the shard's stream is part of the sums, null if it never was
     * @param used each subject's windows of the last hundred days, and its window of all time
     */
    record Seed(@Nullable StreamPosition drained, Map<Subject, Map<WindowKey, Used>> used) {}

    /** What was used in a window. */
    record Used(long requests, Money cost) {
        public Used plus(Used addend) {
            return new Used(Math.addExact(requests, addend.requests), cost.plus(addend.cost));
        }
    }
}
