package dev.tollgate.application.usage;

/** Sets cold totals of the live store from SQL, a few at a time; meant to be called again and again. */
public interface WarmTotals {
    /** Totals set in one step; a shard moves nothing into SQL meanwhile. */
    int AT_ONCE = 25;

    /**
     * Warms some of each shard's cold totals: everyone's, all accounts', and those of users and keys that
     * were used.
     *
     * @return how many; 0 if there is nothing to do now
     */
    int warm();
}
