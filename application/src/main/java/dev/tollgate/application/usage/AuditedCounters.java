package dev.tollgate.application.usage;

import dev.tollgate.application.usage.ShardSnapshot.Counter;
import dev.tollgate.domain.relay.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through the live counters, some subjects of a shard at a time, each time with the shard's row locked: SQL stands
 * still then, and what settles meanwhile is in the stream as in the counters.
 */
final class AuditedCounters {
    /** Counters that are compared in one go, so that a shard's row is never locked for long. */
    private static final int SUBJECTS_AT_ONCE = 200;

    /** A day less than SQL sums for a seed: that is reckoned from a moment of its own. */
    private static final Duration WINDOWS_COMPARED = Duration.ofDays(99);

    private final LiveCounters stream;
    private final UsageLedger ledger;
    private final InstantSource clock;

    AuditedCounters(LiveCounters stream, UsageLedger ledger, InstantSource clock) {
        this.stream = stream;
        this.ledger = ledger;
        this.clock = clock;
    }

    void compare(Findings findings) {
        eachGap(gap -> {
            Counter expected = gap.expected();
            Counter actual = gap.actual();
            findings.compare(
                    Invariant.LIVE,
                    gap.name() + " used",
                    expected.spent().used(),
                    actual.spent().used());
            findings.compare(Invariant.LIVE, gap.name() + " requests", expected.requests(), actual.requests());
            findings.compare(
                    Invariant.HELD,
                    gap.name() + " held",
                    expected.spent().held(),
                    actual.spent().held());
        });
    }

    /** Adds to each wrong counter what it lacks. @return what was wrong */
    List<CounterGap> correct() {
        List<CounterGap> corrected = new ArrayList<>();
        for (int shard = 0; shard < stream.shards(); shard++) {
            corrected.addAll(correct(shard, stream.subjects(shard)));
        }
        return corrected;
    }

    /** The same for some subjects of a shard. */
    List<CounterGap> correct(int shard, Collection<Subject> subjects) {
        List<CounterGap> corrected = new ArrayList<>();
        eachGaps(shard, subjects, gaps -> {
            List<CounterGap> open = gaps.stream().filter(CounterGap::isOpen).toList();
            if (!open.isEmpty()) {
                stream.correct(shard, open.stream().map(CounterGap::correction).toList());
                corrected.addAll(open);
            }
        });
        return corrected;
    }

    private void eachGap(Consumer<CounterGap> each) {
        for (int shard = 0; shard < stream.shards(); shard++) {
            eachGaps(shard, stream.subjects(shard), gaps -> gaps.forEach(each));
        }
    }

    private void eachGaps(int shard, Collection<Subject> subjects, Consumer<List<CounterGap>> use) {
        List<Subject> all = List.copyOf(subjects);
        Instant since = clock.instant().minus(WINDOWS_COMPARED);
        for (int from = 0; from < all.size(); from += SUBJECTS_AT_ONCE) {
            Set<Subject> some = new HashSet<>(all.subList(from, Math.min(all.size(), from + SUBJECTS_AT_ONCE)));
            boolean done = ledger.seed(shard, some, seed -> {
                use.accept(new AuditedShard(stream.snapshot(shard, some), seed, since).gaps());
                return true;
            });
            assert done;
        }
    }
}
