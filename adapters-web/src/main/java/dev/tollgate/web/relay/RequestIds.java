package dev.tollgate.web.relay;

import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.domain.relay.RequestId;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/** Names calls; a name need not be hard to guess, only unique. */
@Singleton
public final class RequestIds {
    private final AdmissionClock clock;

    RequestIds(AdmissionClock clock) {
        this.clock = clock;
    }

    public RequestId next() {
        return RequestId.precisely(clock.instant(), ThreadLocalRandom.current().nextLong());
    }
}
