package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;

/** What came of reading a call's body. */
public sealed interface BodyReading {
    record Read(CallBody body) implements BodyReading {}

    record Refused(CallError error) implements BodyReading {}
}
