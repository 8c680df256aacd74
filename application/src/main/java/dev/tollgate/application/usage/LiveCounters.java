package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.util.List;
import java.util.Set;

/** The live store's side that the audit looks at and sets right: counters and holds, beside what is on its way to SQL. */
public interface LiveCounters extends UsageStream {
    /** Holds that are open now. */
    long openHolds();

    /** Whoever may have counters in a shard. */
    Set<Subject> subjects(int shard);

    /** The counters of some of a shard's subjects, and all its holds and pending entries, all of one moment. */
    ShardSnapshot snapshot(int shard, Set<Subject> subjects);

    /** Adds to counters what they lack; of a subject that is not known any more, nothing. */
    void correct(int shard, List<Correction> corrections);

    /** What a counter lacks; negative where it has too much. */
    record Correction(Subject subject, WindowKey window, long requests, Money used, Money held) {}
}
