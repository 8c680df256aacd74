package dev.tollgate.bootstrap.demo;

import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the demonstration's users still have in the course of its month. */
final class DemoWallets {
    private final DemoPeople people;
    private UserPackage subscription;
    private UserPackage quota;
    private Money credit;

    DemoWallets(DemoPeople people) {
        this.people = people;
        this.subscription = people.subscription();
        this.quota = people.quota();
        this.credit = people.credit();
    }

    /** Charges whoever pays for a key's calls; empty if there is not enough left. */
    Optional<Paid> pay(ApiKey key, Money amount, Instant at) {
        if (key.equals(people.laptop())) {
            return afford(subscription, amount, at).map(paid -> {
                subscription = subscription.charge(amount, paid.windows().windows());
                return paid;
            });
        }
        if (key.equals(people.server())) {
            return afford(quota, amount, at).map(paid -> {
                quota = quota.charge(amount, paid.windows().windows());
                return paid;
            });
        }
        return payByCredit(amount);
    }

    private static Optional<Paid> afford(UserPackage held, Money amount, Instant at) {
        boolean isAffordable = held.at(at).windows().stream()
                .allMatch(standing -> standing.remaining().compareTo(amount) >= 0);
        List<WindowKey> windows = held.windowsAt(at).stream().map(Window::key).toList();
        Subject subject = new Subject(SubjectKind.PACKAGE, held.id().value());
        return isAffordable
                ? Optional.of(new Paid(new Payer.OfPackage(held.id()), new SubjectWindows(subject, windows)))
                : Optional.empty();
    }

    private Optional<Paid> payByCredit(Money amount) {
        if (credit.compareTo(amount) < 0) {
            return Optional.empty();
        }
        credit = credit.minus(amount);
        Subject subject = new Subject(SubjectKind.CREDIT, people.ben().id().value());
        return Optional.of(new Paid(
                new Payer.OfCredit(people.ben().id()), new SubjectWindows(subject, List.of(Window.TOTAL.key()))));
    }

    /** Who paid, and in which windows it counts. */
    record Paid(Payer payer, SubjectWindows windows) {}
}
