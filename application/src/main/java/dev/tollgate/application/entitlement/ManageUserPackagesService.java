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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps what users hold. */
public final class ManageUserPackagesService implements ManageUserPackages {
    private static final int EDIT_TRIES_MAX = 5;

    /** Payments come when they come, each to be counted. */
    private static final int RENEWAL_TRIES_MAX = 50;

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
            told.add(found.get(i).with(spent.get(i)));
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
        Optional<HeldPackage> before = before(assignment.user(), assignment.reference());
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
                return Optional.of(withSpent(stored.with(edited)));
            }
        }
        throw new IllegalStateException("a package is edited faster than it can be stored: " + id);
    }

    @Override
    public boolean end(UserPackageId id, @Nullable UserId actor) {
        Optional<UserPackage> ended =
                userPackages.remove(id, new PackageEvent(PackageEvent.Kind.ENDED, null, actor, now()));
        ended.ifPresent(held -> balances.push(held, now()));
        return ended.isPresent();
    }

    @Override
    public Renewed renew(Renewal renewal) {
        for (int tries = 0; tries < RENEWAL_TRIES_MAX; tries++) {
            HeldPackage stored = userPackages.find(renewal.id()).orElse(null);
            if (stored == null) {
                return new Renewed.Gone();
            }
            Optional<HeldPackage> before = before(stored.held().userId(), renewal.reference());
            if (before.isPresent()) {
                return before.get().held().id().equals(renewal.id())
                        ? new Renewed.Done(withSpent(before.get()), true)
                        : new Renewed.ReferenceTaken();
            }
            Instant end = stored.held().expiresAt();
            Integer term = stored.termDays();
            if (end == null || term == null) {
                return new Renewed.NoTerm();
            }
            if (!now().isBefore(end)) {
                return new Renewed.Over();
            }
            UserPackage renewed = stored.held().edited(UserPackageEdit.renewed(stored.held(), term));
            PackageEvent event =
                    new PackageEvent(PackageEvent.Kind.RENEWED, renewal.reference(), renewal.actor(), now());
            if (userPackages.replace(renewed, event)) {
                return new Renewed.Done(withSpent(stored.with(renewed)), false);
            }
        }
        throw new IllegalStateException("a package is edited faster than it can be renewed: " + renewal.id());
    }

    @Override
    public List<UserPackages.Numbered> events(UserPackageId id, @Nullable Long before, int limit) {
        return userPackages.events(id, before, limit);
    }

    private Optional<HeldPackage> before(UserId user, @Nullable String reference) {
        return reference == null ? Optional.empty() : userPackages.assigned(user, reference);
    }

    private HeldPackage add(Assignment assignment, PackageOffer offer) {
        Instant start = assignment.start() == null ? now() : assignment.start().truncatedTo(ChronoUnit.MICROS);
        HeldPackage assigned = HeldPackage.assigned(ids.next(), assignment.user(), offer, start);
        PackageEvent event =
                new PackageEvent(PackageEvent.Kind.ASSIGNED, assignment.reference(), assignment.actor(), now());
        return userPackages.add(assigned, event)
                ? assigned
                : before(assignment.user(), assignment.reference())
                        .map(this::withSpent)
                        .orElse(assigned);
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
        return stored.with(balances.spent(List.of(stored.held())).getFirst());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
