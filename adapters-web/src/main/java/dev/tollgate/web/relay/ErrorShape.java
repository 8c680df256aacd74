package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;

/** The form a dialect gives to an error. */
public interface ErrorShape {
    /** A JSON document, for an answer that has not begun. */
    byte[] document(CallError error, RequestId id);

    /** A whole event, its blank line included, for a stream that has begun. */
    byte[] event(CallError error, RequestId id);
}
