package dev.tollgate.persistence.embedded;

import dev.tollgate.application.usage.LiveTotalsContract;
import dev.tollgate.application.usage.UsageLedger;
import java.time.InstantSource;

class EmbeddedLiveTotalsTest extends LiveTotalsContract {
    @Override
    protected Stores create(UsageLedger ledger, InstantSource clock, int shards) {
        EmbeddedLiveStore store = new EmbeddedLiveStore(ledger, clock, shards, 1_000);
        return new Stores(store, store);
    }
}
