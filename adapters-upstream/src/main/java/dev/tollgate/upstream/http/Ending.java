package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault;
import org.jspecify.annotations.Nullable;

/** How a stream ended, as the event loop saw it. */
record Ending(Reason reason, @Nullable Fault fault) {
    static Ending of(Reason reason) {
        return new Ending(reason, null);
    }

    static Ending broken(String why) {
        return new Ending(Reason.BROKEN, new Fault(Fault.Kind.BROKEN, null, null, Words.bounded(why)));
    }

    /** What it is where nothing of an answer had come. */
    Arrived.Broken withoutAnswer() {
        if (fault != null) {
            return new Arrived.Broken(fault.kind(), fault.message());
        }
        return reason == Reason.TIMEOUT
                ? new Arrived.Broken(Fault.Kind.TIMEOUT, "the answer fell silent")
                : new Arrived.Broken(Fault.Kind.BROKEN, "the stream ended without an event");
    }
}
