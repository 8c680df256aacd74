package dev.tollgate.application.relay;

import dev.tollgate.domain.relay.Settlement;
import java.time.InstantSource;

class InMemoryIdempotencyClaimsTest extends IdempotencyClaimsContract {
    private InMemoryIdempotencyClaims claims;

    @Override
    protected IdempotencyClaims create(InstantSource clock) {
        claims = new InMemoryIdempotencyClaims(clock);
        return claims;
    }

    @Override
    protected IdempotencyClaims ofAnotherNode() {
        return claims;
    }

    @Override
    protected void record(Settlement settlement) {
        claims.record(settlement.ticket().id());
    }
}
