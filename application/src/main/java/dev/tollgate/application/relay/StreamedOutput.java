package dev.tollgate.application.relay;

/** What a stream has put out so far, thinking and calls of tools included. */
public interface StreamedOutput {
    /** No fewer output tokens than there were, of all answers together. Costs nothing; any thread may ask. */
    long outputAtMost();

    /** Counts what came since the last time as the bill would; takes time, so not on an event loop. */
    void recount();
}
