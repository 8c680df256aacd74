package dev.tollgate.application.account;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryLeases;
import dev.tollgate.application.identity.Leases;
import java.time.InstantSource;

class FreshTokensTest extends FreshTokensContract {
    private InMemoryChanges notices;

    @Override
    protected Changes changes() {
        return notices();
    }

    /** Asked for while the contract is being made, before any field of ours is. */
    private InMemoryChanges notices() {
        if (notices == null) {
            notices = new InMemoryChanges();
        }
        return notices;
    }

    @Override
    protected Accounts accounts() {
        return new InMemoryAccounts(notices());
    }

    @Override
    protected Leases leases(InstantSource clock) {
        return new InMemoryLeases(clock);
    }
}
