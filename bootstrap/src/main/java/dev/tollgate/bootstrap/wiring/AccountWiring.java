package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountGroups;
import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.Accounts;
import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.account.FreshTokensService;
import dev.tollgate.application.account.ManageAccountGroups;
import dev.tollgate.application.account.ManageAccountGroupsService;
import dev.tollgate.application.account.ManageAccounts;
import dev.tollgate.application.account.ManageAccountsService;
import dev.tollgate.application.account.Probes;
import dev.tollgate.application.account.RecoverAccounts;
import dev.tollgate.application.account.RecoverAccountsService;
import dev.tollgate.application.account.RenewToken;
import dev.tollgate.application.account.SealCredentialsAgainService;
import dev.tollgate.application.account.TokenEndpoint;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.application.relay.RelaySettings;
import dev.tollgate.application.relay.TestAccount;
import dev.tollgate.application.relay.TestAccountService;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.bootstrap.gateway.LoggedAccountPool;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** The upstream accounts: kept, and held in memory for routing. */
@Factory
final class AccountWiring {
    @Singleton
    Credentials credentials(Vault vault) {
        return new Credentials(vault);
    }

    @Singleton
    SealAgain sealCredentialsAgain(Accounts accounts, Credentials credentials) {
        return new SealCredentialsAgainService(accounts, credentials);
    }

    @Singleton
    CachedAccountPool accountPool(Accounts accounts, Credentials credentials, Changes changes, InstantSource clock) {
        return new CachedAccountPool(accounts, credentials, changes, clock);
    }

    @Singleton
    @Primary
    AccountPool loggedAccountPool(CachedAccountPool pool, InstantSource clock) {
        return new LoggedAccountPool(pool, clock);
    }

    @Singleton
    ManageAccounts manageAccounts(
            Accounts accounts,
            AccountGroups groups,
            Credentials credentials,
            CachedAccountPool pool,
            AddressRules addresses,
            Ids ids,
            InstantSource clock) {
        return new ManageAccountsService(accounts, groups, credentials, pool, addresses, ids, clock);
    }

    @Singleton
    FreshTokensService freshTokens(
            Accounts accounts,
            CachedAccountPool pool,
            Credentials credentials,
            TokenEndpoint endpoint,
            Leases leases,
            InstantSource clock) {
        return new FreshTokensService(
                accounts, pool, credentials, endpoint, leases, clock, time -> LockSupport.parkNanos(time.toNanos()));
    }

    @Singleton
    RecoverAccounts recoverAccounts(
            CachedAccountPool pool,
            ManageAccounts accounts,
            Probes probes,
            RenewToken tokens,
            Leases leases,
            InstantSource clock) {
        return new RecoverAccountsService(pool, accounts, probes, tokens, leases, clock);
    }

    @Singleton
    ManageAccountGroups manageAccountGroups(AccountGroups groups, Accounts accounts, Ids ids) {
        return new ManageAccountGroupsService(groups, accounts, ids);
    }

    @Singleton
    TestAccount testAccount(AccountPool pool, Upstream upstream, RelaySettings settings, InstantSource clock) {
        return new TestAccountService(
                pool,
                upstream,
                settings,
                clock,
                () -> ThreadLocalRandom.current().nextLong());
    }
}
