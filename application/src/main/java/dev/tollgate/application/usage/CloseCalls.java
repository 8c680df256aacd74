package dev.tollgate.application.usage;

/** Use case: close in this node's journal what SQL has by way of another node's drainer. */
public interface CloseCalls {
    /** How many calls are looked up in SQL at once. */
    int BATCH_MAX = 500;

    /** @return how many calls were closed */
    int close();
}
