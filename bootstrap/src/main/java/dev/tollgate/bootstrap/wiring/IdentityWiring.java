package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.apikey.ManageApiKeys;
import dev.tollgate.application.apikey.ManageApiKeysService;
import dev.tollgate.application.identity.AccessTokens;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.CheckAccess;
import dev.tollgate.application.identity.CheckAccessService;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.FirstAdmin;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.ManageProfile;
import dev.tollgate.application.identity.ManageProfileService;
import dev.tollgate.application.identity.ManageUsers;
import dev.tollgate.application.identity.ManageUsersService;
import dev.tollgate.application.identity.PasswordHashes;
import dev.tollgate.application.identity.RefreshTokens;
import dev.tollgate.application.identity.SignIn;
import dev.tollgate.application.identity.SignInService;
import dev.tollgate.application.identity.SignInTerms;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.LiveCostLimits;
import dev.tollgate.application.relay.LiveStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;

/** Ids, users, their keys and their sign-ins; the clock is the framework's. */
@Factory
final class IdentityWiring {
    @Singleton
    Ids ids(InstantSource clock) {
        return new TimeOrderedIds(clock, new SecureRandom()::nextInt);
    }

    @Singleton
    LiveCostLimits costLimits(LiveStore liveStore, InstantSource clock) {
        return new LiveCostLimits(liveStore, clock);
    }

    @Singleton
    ManageUsers manageUsers(
            Users users,
            RefreshTokens refreshTokens,
            PasswordHashes passwords,
            LiveCostLimits costLimits,
            Ids ids,
            InstantSource clock) {
        return new ManageUsersService(users, refreshTokens, passwords, costLimits, ids, clock);
    }

    @Singleton
    ManageProfile manageProfile(
            Users users, RefreshTokens refreshTokens, PasswordHashes passwords, InstantSource clock) {
        return new ManageProfileService(users, refreshTokens, passwords, clock);
    }

    @Singleton
    FirstAdmin firstAdmin(
            Users users,
            PasswordHashes passwords,
            Ids ids,
            InstantSource clock,
            @Value("${tollgate.time-zone:UTC}") String zone) {
        return new FirstAdmin(users, passwords, ids, clock, ZoneId.of(zone));
    }

    @Singleton
    SignInTerms signInTerms(
            @Value("${tollgate.auth.access-token-ttl:10m}") Duration accessTokenTtl,
            @Value("${tollgate.auth.refresh-token-ttl:30d}") Duration refreshTokenTtl) {
        SignInTerms usual = SignInTerms.USUAL;
        return new SignInTerms(accessTokenTtl, refreshTokenTtl, usual.attemptsMax(), usual.attemptsWithin());
    }

    @Singleton
    SignIn signIn(
            Users users,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            PasswordHashes passwords,
            SignInTerms terms,
            Ids ids,
            InstantSource clock) {
        return new SignInService(users, refreshTokens, accessTokens, passwords, terms, ids, clock);
    }

    @Singleton
    CheckAccess checkAccess(AccessTokens tokens, Users users, Changes changes, InstantSource clock) {
        return new CheckAccessService(tokens, users, changes, clock);
    }

    @Singleton
    ManageApiKeys manageApiKeys(
            ApiKeys keys, KeyDigests digests, Users users, LiveCostLimits costLimits, Ids ids, InstantSource clock) {
        return new ManageApiKeysService(keys, digests, users, costLimits, ids, clock);
    }

    @Singleton
    DatabaseReadiness database(Changes changes, InstantSource clock) {
        return new DatabaseReadiness(changes, clock);
    }
}
