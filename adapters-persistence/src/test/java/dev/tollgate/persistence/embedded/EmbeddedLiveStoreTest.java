package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStoreContract;
import dev.tollgate.application.usage.UsageLedger;
import java.time.InstantSource;

class EmbeddedLiveStoreTest extends LiveStoreContract {
    @Override
    protected LiveStore create(UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        return new EmbeddedLiveStore(ledger, clock, shards, streamMax);
    }
}
