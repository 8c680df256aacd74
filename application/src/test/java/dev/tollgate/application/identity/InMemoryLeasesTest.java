package dev.tollgate.application.identity;

import java.time.InstantSource;

class InMemoryLeasesTest extends LeasesContract {
    @Override
    protected Leases create(InstantSource clock) {
        return new InMemoryLeases(clock);
    }
}
