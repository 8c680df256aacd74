package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A package a user holds, with what was spent in each of its windows.
 *
 * <p>Nothing resets it: {@link #at} reads it at an instant, and a window nobody has spent in yet is simply empty.
 *
 * @param expiresAt null for one that never ends
 * @param priority lower is asked first among packages of one type
 * @param version rises with every change of terms or status
 */
public record UserPackage(
        UserPackageId id,
        UserId userId,
        PackageId packageId,
        PackageTerms terms,
        Instant startsAt,
        @Nullable Instant expiresAt,
        boolean enabled,
        int priority,
        long version,
        Map<WindowKey, Spent> spent) {
    public UserPackage {
        if (expiresAt != null && !startsAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a package expires after it starts: " + startsAt + " to " + expiresAt);
        }
        spent = Map.copyOf(spent);
    }

    /**
     * The package as it stands at an instant: its limited windows, each with what is left. Before its start and after
     * its expiry these are its first and its last windows.
     */
    public Standing at(Instant now) {
        List<WindowStanding> windows = new ArrayList<>();
        terms.limits().forEach((kind, limit) -> {
            Window window = window(kind, now);
            windows.add(new WindowStanding(window, limit, spent.getOrDefault(window.key(), Spent.NOTHING)));
        });
        return new Standing(status(now, windows), windows);
    }

    /** Every window a call admitted now counts in, limited or not. */
    public List<Window> windowsAt(Instant now) {
        return switch (terms.type()) {
            case QUOTA -> List.of(window(WindowKind.TOTAL, now));
            case SUBSCRIPTION ->
                List.of(window(WindowKind.DAY, now), window(WindowKind.WEEK, now), window(WindowKind.MONTH, now));
        };
    }

    /** Books a finished call to the windows fixed at its admission, whenever that was. It may overdraw. */
    public UserPackage charge(Money amount, List<WindowKey> windows) {
        return change(windows, before -> before.charge(amount));
    }

    /** Takes money in advance; {@link #free} gives it back when the call has been settled. */
    public UserPackage hold(Money amount, List<WindowKey> windows) {
        return change(windows, before -> before.hold(amount));
    }

    /**
     * Gives back what was held.
     *
     * @throws IllegalArgumentException if more is freed than a window holds
     */
    public UserPackage free(Money amount, List<WindowKey> windows) {
        return change(windows, before -> before.free(amount));
    }

    /** The package after an edit, a version on. */
    public UserPackage edited(UserPackageEdit edit) {
        PackageTerms changed = new PackageTerms(
                terms.type(), terms.spendMode(), terms.calendar(), edit.limits(), terms.allowedModels());
        return new UserPackage(
                id,
                userId,
                packageId,
                changed,
                startsAt,
                edit.expiresAt(),
                edit.enabled(),
                edit.priority(),
                version + 1,
                spent);
    }

    /** The package with what is spent in each of its windows. */
    public UserPackage withSpent(Map<WindowKey, Spent> known) {
        return new UserPackage(id, userId, packageId, terms, startsAt, expiresAt, enabled, priority, version, known);
    }

    /** Why the package cannot pay for a model at an instant, whatever it has left; null if it can. */
    public @Nullable Unfit unfit(String model, Instant now) {
        if (!enabled) {
            return Unfit.DISABLED;
        }
        if (now.isBefore(startsAt)) {
            return Unfit.NOT_STARTED;
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Unfit.EXPIRED;
        }
        boolean modelAllowed =
                terms.allowedModels().isEmpty() || terms.allowedModels().matches(model);
        return modelAllowed ? null : Unfit.MODEL_NOT_ALLOWED;
    }

    /** Why a package is passed over before money is looked at. */
    public enum Unfit {
        DISABLED,
        NOT_STARTED,
        EXPIRED,
        MODEL_NOT_ALLOWED,
        /** The key's billing type excludes it. */
        WRONG_TYPE,
        /** The key is bound to another. */
        NOT_BOUND,
        /** The key is bound to it and the user does not have it. */
        NOT_HELD
    }

    private Window window(WindowKind kind, Instant now) {
        return terms.calendar().window(kind, withinTerm(now)).cutAt(expiresAt);
    }

    private Instant withinTerm(Instant now) {
        if (now.isBefore(startsAt)) {
            return startsAt;
        }
        return expiresAt == null || now.isBefore(expiresAt) ? now : expiresAt.minusNanos(1);
    }

    private PackageStatus status(Instant now, List<WindowStanding> windows) {
        if (!enabled) {
            return PackageStatus.DISABLED;
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return PackageStatus.EXPIRED;
        }
        boolean spentUp = windows.stream()
                .anyMatch(window -> window.limit().compareTo(window.spent().used()) <= 0);
        return spentUp ? PackageStatus.EXHAUSTED : PackageStatus.ACTIVE;
    }

    private UserPackage change(List<WindowKey> windows, UnaryOperator<Spent> step) {
        Map<WindowKey, Spent> changed = new HashMap<>(spent);
        for (WindowKey window : windows) {
            changed.put(window, step.apply(changed.getOrDefault(window, Spent.NOTHING)));
        }
        return new UserPackage(id, userId, packageId, terms, startsAt, expiresAt, enabled, priority, version, changed);
    }
}
