package dev.tollgate.domain.relay;

/** How a call ended, as its record says. */
public enum CallStatus {
    /** The terminal event or the full body arrived, whatever the stop reason. */
    COMPLETED,
    /** Ended without its terminal event, or cut by us. */
    INCOMPLETE,
    /** The caller left first. */
    CLIENT_GONE,
    /** An error answer, an error event or a broken connection. */
    UPSTREAM_ERROR,
    /** A timer of ours ran out. */
    TIMEOUT,
    /** Settled after its process died. */
    ORPHAN;

    /** Whether statistics count it among the errors: the caller got no answer, and not by their own doing. */
    public boolean isError() {
        return this == UPSTREAM_ERROR || this == TIMEOUT || this == ORPHAN;
    }
}
