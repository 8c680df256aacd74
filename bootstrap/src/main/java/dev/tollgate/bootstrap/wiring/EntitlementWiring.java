package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.ManageCredits;
import dev.tollgate.application.entitlement.ManageCreditsService;
import dev.tollgate.application.entitlement.ManagePackages;
import dev.tollgate.application.entitlement.ManagePackagesService;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.entitlement.ManageUserPackagesService;
import dev.tollgate.application.entitlement.Packages;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.LiveBalances;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.domain.relay.RequestId;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Packages, what users hold of them, and credit. */
@Factory
final class EntitlementWiring {
    @Singleton
    Balances balances(LiveStore liveStore, SubjectUsage recorded, InstantSource clock) {
        return new LiveBalances(liveStore, recorded, () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return RequestId.at(clock.instant(), random.nextLong(), random.nextLong());
        });
    }

    @Singleton
    ManagePackages managePackages(Packages packages, Ids ids) {
        return new ManagePackagesService(packages, ids);
    }

    @Singleton
    ManageUserPackages manageUserPackages(
            UserPackages userPackages,
            Packages packages,
            Balances balances,
            Users users,
            Ids ids,
            InstantSource clock) {
        return new ManageUserPackagesService(
                userPackages, packages, balances, user -> users.find(user).isPresent(), ids, clock);
    }

    @Singleton
    ManageCredits manageCredits(CreditLedger ledger, Balances balances, Users users, Ids ids, InstantSource clock) {
        return new ManageCreditsService(
                ledger, balances, user -> users.find(user).isPresent(), ids, clock);
    }
}
