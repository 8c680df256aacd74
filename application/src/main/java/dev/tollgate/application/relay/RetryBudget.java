package dev.tollgate.application.relay;

/**
 * Keeps retries to a tenth of the calls, so that a provider's outage is not answered with a multiple of the traffic.
 * A few are in hand from the start.
 */
public final class RetryBudget {
    private static final int CALLS_PER_RETRY = 10;
    private static final int RETRIES_IN_HAND_MAX = 50;

    private long calls = (long) RETRIES_IN_HAND_MAX * CALLS_PER_RETRY;

    synchronized void called() {
        calls = Math.min(calls + 1, (long) RETRIES_IN_HAND_MAX * CALLS_PER_RETRY);
    }

    synchronized boolean takeRetry() {
        if (calls < CALLS_PER_RETRY) {
            return false;
        }
        calls -= CALLS_PER_RETRY;
        return true;
    }
}
