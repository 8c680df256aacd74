package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.entitlement.UserPackage.Unfit;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may pay for one user's calls, before anybody has looked at what is left.
 *
 * @param packages all of the user's, whatever their state
 * @param credit what was granted in all; calls that were paid from it are not taken off
 */
public record Payers(UserId user, List<UserPackage> packages, Money credit, BillingMode mode) {
    /** Subscriptions before quotas, what expires first before what lasts, then by priority and age. */
    private static final Comparator<UserPackage> ORDER = Comparator.comparing(
                    (UserPackage held) -> held.terms().type())
            .thenComparing(UserPackage::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingInt(UserPackage::priority)
            .thenComparingLong(held -> held.id().value());

    public Payers {
        packages = List.copyOf(packages);
    }

    /** The order for a key that is bound to no package: packages of its types, then credit, then, postpaid, nobody. */
    public PayerOrder order(String model, Instant now, Set<PackageType> types) {
        List<PassedOver> passedOver = new ArrayList<>();
        List<UserPackage> fit = fit(
                passedOver, held -> types.contains(held.terms().type()) ? held.unfit(model, now) : Unfit.WRONG_TYPE);
        List<Payer> others = new ArrayList<>();
        if (credit.isPositive()) {
            others.add(new Payer.OfCredit(user));
        } else {
            passedOver.add(new PassedOver.Credit());
        }
        if (mode == BillingMode.POSTPAID) {
            others.add(new Payer.Metered());
        }
        return new PayerOrder(fit, others, passedOver);
    }

    /** The order for a key bound to a package: that one or none, whatever else the user has. */
    public PayerOrder boundTo(UserPackageId bound, String model, Instant now) {
        List<PassedOver> passedOver = new ArrayList<>();
        List<UserPackage> fit =
                fit(passedOver, held -> held.id().equals(bound) ? held.unfit(model, now) : Unfit.NOT_BOUND);
        if (packages.stream().noneMatch(held -> held.id().equals(bound))) {
            passedOver.add(new PassedOver.OfPackage(bound, Unfit.NOT_HELD));
        }
        return new PayerOrder(fit, List.of(), passedOver);
    }

    private List<UserPackage> fit(List<PassedOver> passedOver, Check check) {
        List<UserPackage> fit = new ArrayList<>();
        for (UserPackage held : packages.stream().sorted(ORDER).toList()) {
            Unfit unfit = check.of(held);
            if (unfit == null) {
                fit.add(held);
            } else {
                passedOver.add(new PassedOver.OfPackage(held.id(), unfit));
            }
        }
        return fit;
    }

    private interface Check {
        @Nullable
        Unfit of(UserPackage held);
    }
}
