package dev.tollgate.application.relay;

import dev.tollgate.application.account.Connection;
import dev.tollgate.domain.account.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to one account.
 *
 * @param sentModel the model's name upstream
 * @param outputBound the output bound to send in place of (or for want of) the caller's, null to leave the body's own
 * @param fetchImages whether images given by address may be fetched for a platform that takes none
 * @param contextWindow the model's, for telling nonsense usage; a generous default where unknown
 * @param gate asked before anything of a streamed answer goes on; refusing, it ends the stream between two events
 */
public record UpstreamRequest(
        RelayCall call,
        Account account,
        Connection connection,
        String sentModel,
        @Nullable Long outputBound,
        boolean fetchImages,
        long contextWindow,
        Deadlines deadlines,
        StreamGate gate) {
    /** Of a call nothing is held for. */
    public UpstreamRequest(
            RelayCall call,
            Account account,
            Connection connection,
            String sentModel,
            @Nullable Long outputBound,
            boolean fetchImages,
            long contextWindow,
            Deadlines deadlines) {
        this(call, account, connection, sentModel, outputBound, fetchImages, contextWindow, deadlines, StreamGate.OPEN);
    }

    /** The caller's protocol headers. */
    public List<Header> headers() {
        return call.headers();
    }
}
