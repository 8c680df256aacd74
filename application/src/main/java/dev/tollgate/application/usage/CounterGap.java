package dev.tollgate.application.usage;

import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.application.usage.ShardSnapshot.Counter;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;

/** What a live counter should be, by SQL, the stream and the open holds, and what it is. */
record CounterGap(Subject subject, WindowKey window, Counter expected, Counter actual) {
    String name() {
        return WindowGap.name(subject, window);
    }

    boolean isOpen() {
        return !expected.equals(actual);
    }

    Correction correction() {
        return new Correction(
                subject,
                window,
                Math.subtractExact(expected.requests(), actual.requests()),
                expected.spent().used().minus(actual.spent().used()),
                expected.spent().held().minus(actual.spent().held()));
    }
}
