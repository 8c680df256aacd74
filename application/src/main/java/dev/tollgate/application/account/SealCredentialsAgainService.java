package dev.tollgate.application.account;

import dev.tollgate.application.identity.SealAgain;

/** Seals accounts' credentials again. */
public final class SealCredentialsAgainService implements SealAgain {
    private final Accounts accounts;
    private final Credentials credentials;

    public SealCredentialsAgainService(Accounts accounts, Credentials credentials) {
        this.accounts = accounts;
        this.credentials = credentials;
    }

    @Override
    public int sealAgain() {
        int sealed = 0;
        for (StoredAccount stored : accounts.all()) {
            if (credentials.areStale(stored)) {
                sealed += accounts.change(stored.account().id(), credentials::sealedAgain)
                        .map(changed -> 1)
                        .orElse(0);
            }
        }
        return sealed;
    }
}
