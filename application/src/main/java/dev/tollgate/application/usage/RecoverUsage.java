package dev.tollgate.application.usage;

/** Use case: bring into SQL what an earlier start of this node left in its journal, before anything is admitted. */
public interface RecoverUsage {
    Recovered recover();

    /**
     * What was found.
     *
     * @param settled calls whose result was journaled
     * @param orphans calls that were sent and have no result: settled at what was last known of them
     */
    record Recovered(long settled, long orphans) {}
}
