package dev.tollgate.application.usage;

/** Use case: move settled usage from the live store's stream into SQL. */
public interface DrainUsage {
    /** Most calls of one shard moved in one transaction. */
    int BATCH_MAX = 500;

    /**
     * Moves at most one batch of each shard.
     *
     * @return how many calls were moved; 0 means that there is nothing to do now
     */
    int drain();
}
