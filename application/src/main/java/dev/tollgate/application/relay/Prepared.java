package dev.tollgate.application.relay;

import java.util.List;

/** A call as one account can, or cannot, be sent it. */
public sealed interface Prepared {
    /** Ready to be sent, once. */
    non-sealed interface Ready extends Prepared {
        /**
         * Sends the call and waits for its answer: the whole of it when not streamed, else its head and first event.
         * Blocks the calling virtual thread, at most for the request's deadlines. Never throws for what an upstream or
         * the network does: that is a {@link Answer.Failed}.
         */
        Answer send();

        /** The caller's fields that this account's platform has no counterpart for and that are left out. */
        default List<String> dropped() {
            return List.of();
        }
    }

    /** This account's platform cannot be asked this; nothing was sent. */
    record Refused(CallError error) implements Prepared {}
}
