package dev.tollgate.application.usage;

import java.time.Duration;

/** Use case: have this node's journal make up for what the live store lost. */
public interface ReplayUsage {
    /** A result this old and still not in SQL is settled again, whatever the store answered. */
    Duration OVERDUE = Duration.ofMinutes(5);

    /** Whether the store's data is another than when it was replayed last. */
    boolean isDue();

    /** Settles again what the journal has and SQL lacks. @return how many calls that were */
    int replay();

    /** Settles again what is overdue, a bounded number of calls at a time. @return how many */
    int replayOverdue();
}
