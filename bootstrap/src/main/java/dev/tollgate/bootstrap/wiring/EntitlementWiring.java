package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.ManageCredits;
import dev.tollgate.application.entitlement.ManageCreditsService;
import dev.tollgate.application.entitlement.ManagePackages;
import dev.tollgate.application.entitlement.ManagePackagesService;
import dev.tollgate.application.entitlement.ManageRedeemCodes;
import dev.tollgate.application.entitlement.ManageRedeemCodesService;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.entitlement.ManageUserPackagesService;
import dev.tollgate.application.entitlement.Packages;
import dev.tollgate.application.entitlement.Redeem;
import dev.tollgate.application.entitlement.RedeemCodes;
import dev.tollgate.application.entitlement.RedeemService;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.LiveBalances;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
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
    ManageCredits manageCredits(
            CreditLedger ledger, Balances balances, Users users, UsageRecords records, Ids ids, InstantSource clock) {
        return new ManageCreditsService(
                ledger,
                balances,
                user -> users.find(user).isPresent(),
                (user, call) -> charge(records, user, call),
                ids,
                clock);
    }

    private static Optional<Money> charge(UsageRecords records, UserId user, RequestId call) {
        return records.find(call)
                .map(UsageRecords.Detail::record)
                .filter(record -> record.caller().userId().equals(user))
                .map(record -> record.costs().total());
    }

    @Singleton
    ManageRedeemCodes manageRedeemCodes(
            RedeemCodes codes, Packages packages, KeyDigests digests, Ids ids, InstantSource clock) {
        return new ManageRedeemCodesService(codes, packages, digests, ids, clock);
    }

    @Singleton
    Redeem redeem(
            RedeemCodes codes,
            CreditLedger ledger,
            UserPackages userPackages,
            Packages packages,
            KeyDigests digests,
            Ids ids,
            InstantSource clock) {
        return new RedeemService(codes, ledger, userPackages, packages, digests, ids, clock);
    }
}
