package dev.tollgate.application.usage;

/** Use case: move settled usage from the live store's stream into SQL. */
public interface DrainUsage {
    /**
     * Moves at most one batch of each shard.
     *
     * @return how many calls were moved; 0 means that there is nothing to do now
     */
    int drain();
}
