package dev.tollgate.upstream;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.HttpCall;
import org.jspecify.annotations.Nullable;

/** One provider's API, as the accounts of a type reach it. */
public interface Platform {
    /** Whether it can be sent a call: it speaks the dialect, or the call can be converted for it. */
    boolean speaks(RelayCall call);

    /** As {@link dev.tollgate.application.relay.Upstream#prepare} says. */
    Prepared prepare(UpstreamRequest request);

    /**
     * A request that costs nothing and that only somebody who is let in is answered with success: for the list of models.
     * Null if there is none.
     *
     * @throws IllegalArgumentException if what the operator entered makes no request
     */
    default @Nullable HttpCall probe(Connection connection) {
        return null;
    }
}
