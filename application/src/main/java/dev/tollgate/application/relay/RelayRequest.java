package dev.tollgate.application.relay;

/** Use case: take one call from acceptance to its record. */
public interface RelayRequest {
    /**
     * Serves a call. Blocks the calling virtual thread until the call is settled. A streamed answer goes through
     * {@code client}; everything else is in the outcome.
     */
    RelayOutcome relay(RelayCall call, ClientStream client);
}
