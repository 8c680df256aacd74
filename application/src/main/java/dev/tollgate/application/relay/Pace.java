package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.WindowKey;
import java.time.Instant;
import java.util.Map;

/**
 * What a subject's limits that are not money count at this moment.
 *
 * @param minuteEnds when the present UTC minute of the store's clock is over
 * @param requests let in during this minute
 * @param tokens of this minute, those of running calls as they were reckoned
 * @param running calls at once
 * @param windows requests by window; one without any may be absent
 */
public record Pace(Instant minuteEnds, long requests, long tokens, long running, Map<WindowKey, Requests> windows) {
    public Pace {
        windows = Map.copyOf(windows);
    }

    /**
     * Requests of a window.
     *
     * @param settled those that are over and count
     * @param running those that count until they end without having been sent
     */
    public record Requests(long settled, long running) {
        public static final Requests NONE = new Requests(0, 0);
    }
}
