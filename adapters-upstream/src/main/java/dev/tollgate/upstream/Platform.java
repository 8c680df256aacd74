package dev.tollgate.upstream;

import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;

/** One provider's API, as the accounts of a type reach it. */
public interface Platform {
    /** Whether it can be sent a call: it speaks the dialect, or the call can be converted for it. */
    boolean speaks(RelayCall call);

    /** As {@link dev.tollgate.application.relay.Upstream#prepare} says. */
    Prepared prepare(UpstreamRequest request);
}
