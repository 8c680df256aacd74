package dev.tollgate.application.entitlement;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps what users hold. */
public final class ManageUserPackagesService implements ManageUserPackages {
    private static final int EDIT_TRIES_MAX = 5;

    private final UserPackages userPackages;
    private final Packages offers;
    private final Balances balances;
    private final Predicate<UserId> users;
    private final Ids ids;
    private final InstantSource clock;

    /** @param users whether a user exists */
    public ManageUserPackagesService(
            UserPackages userPackages,
            Packages offers,
            Balances balances,
            Predicate<UserId> users,
            Ids ids,
            InstantSource clock) {
        this.userPackages = userPackages;
        this.offers = offers;
        this.balances = balances;
        this.users = users;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<HeldPackage> of(UserId user) {
        List<HeldPackage> found = userPackages.of(Set.of(user)).getOrDefault(user, List.of());
        List<UserPackage> spent =
                balances.spent(found.stream().map(HeldPackage::held).toList());
        List<HeldPackage> told = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            told.add(new HeldPackage(spent.get(i), found.get(i).name()));
        }
        return told;
    }

    @Override
    public Optional<HeldPackage> find(UserPackageId id) {
        return userPackages.find(id).map(this::withSpent);
    }

    @Override
    public Assigned assign(Assignment assignment) {
        if (!users.test(assignment.user())) {
            return new Assigned.NoSuchUser();
        }
        Optional<HeldPackage> before = before(assignment);
        if (before.isPresent()) {
            return new Assigned.Done(withSpent(before.get()));
        }
        PackageOffer offer = offers.find(assignment.offer()).orElse(null);
        if (offer == null) {
            return new Assigned.NoSuchPackage();
        }
        return offer.active() ? new Assigned.Done(add(assignment, offer)) : new Assigned.Withdrawn();
    }

    @Override
    public Optional<HeldPackage> change(
            UserPackageId id, Function<UserPackage, UserPackageEdit> edit, @Nullable UserId actor) {
        for (int tries = 0; tries < EDIT_TRIES_MAX; tries++) {
            HeldPackage stored = userPackages.find(id).orElse(null);
            if (stored == null) {
                return Optional.empty();
            }
            UserPackage edited = stored.held().edited(edit.apply(stored.held()));
            PackageEvent event = new PackageEvent(kind(stored.held(), edited), null, actor, now());
            if (userPackages.replace(edited, event)) {
                balances.push(edited, now());
                return Optional.of(withSpent(new HeldPackage(edited, stored.name())));
            }
        }
        throw new IllegalStateException("a package is edited faster than it can be stored: " + id);
    }

    @Override
    public boolean end(UserPackageId id, @Nullable UserId actor) {
        return userPackages.remove(id, new PackageEvent(PackageEvent.Kind.ENDED, null, actor, now()));
    }

    private Optional<HeldPackage> before(Assignment assignment) {
        return assignment.reference() == null
                ? Optional.empty()
                : userPackages.assigned(assignment.user(), assignment.reference());
    }

    private HeldPackage add(Assignment assignment, PackageOffer offer) {
        Instant start = assignment.start() == null ? now() : assignment.start().truncatedTo(ChronoUnit.MICROS);
        UserPackage held = new UserPackage(
                new UserPackageId(ids.next()),
                assignment.user(),
                offer.id(),
                offer.terms().from(start),
                start,
                offer.terms().expiry(start),
                true,
                0,
                1,
                Map.of());
        HeldPackage assigned = new HeldPackage(held, offer.name());
        PackageEvent event =
                new PackageEvent(PackageEvent.Kind.ASSIGNED, assignment.reference(), assignment.actor(), now());
        return userPackages.add(assigned, event)
                ? assigned
                : before(assignment).map(this::withSpent).orElse(assigned);
    }

    private static PackageEvent.Kind kind(UserPackage before, UserPackage after) {
        if (endsBefore(before.expiresAt(), after.expiresAt())) {
            return PackageEvent.Kind.RENEWED;
        }
        return endsBefore(after.expiresAt(), before.expiresAt()) ? PackageEvent.Kind.ENDED : PackageEvent.Kind.CHANGED;
    }

    private static boolean endsBefore(@Nullable Instant first, @Nullable Instant second) {
        return first != null && (second == null || first.isBefore(second));
    }

    private HeldPackage withSpent(HeldPackage stored) {
        return new HeldPackage(balances.spent(List.of(stored.held())).getFirst(), stored.name());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
