package dev.tollgate.application.relay;

/** Use case: free the holds of calls whose owner is gone, settling those that were sent as orphans. */
public interface SweepHolds {
    /** @return how many calls were settled as orphans */
    int sweep();
}
