package dev.tollgate.application.usage;

/** Use case: close in this node's journal what SQL has by way of another node's drainer. */
public interface CloseCalls {
    /** How many calls are looked up in SQL at once. */
    int BATCH_MAX = 500;

    /** How many are looked up in one go; the next one goes on where it ended. */
    int ROUND_MAX = 5_000;

    /** @return how many calls were closed */
    int close();
}
