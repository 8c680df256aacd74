package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;

/** The form a dialect gives to an error. */
public interface ErrorShape {
    /** A JSON document, for an answer that has not begun. */
    byte[] document(CallError error, RequestId id);

    /** What {@link #end} is told where nothing was sent. */
    int NOTHING = -1;

    /** A whole event, its blank line included, for a stream that has begun. */
    byte[] event(CallError error, RequestId id);

    /**
     * What ends a stream that has begun.
     *
     * @param last the last byte sent that is no white space, {@link #NOTHING} if there is none
     */
    default byte[] end(CallError error, RequestId id, int last) {
        return event(error, id);
    }
}
