package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of a user's package that may change after it was assigned: not its start, its zone or its type.
 *
 * @param expiresAt null for never
 */
public record UserPackageEdit(
        @Nullable Instant expiresAt, boolean enabled, int priority, Map<WindowKind, Money> limits) {
    public static UserPackageEdit of(UserPackage held) {
        return new UserPackageEdit(
                held.expiresAt(), held.enabled(), held.priority(), held.terms().limits());
    }

    /**
     * A package's next term: it ends so many days later, at the same time of day in its zone.
     *
     * @throws IllegalArgumentException if it never ends
     */
    public static UserPackageEdit renewed(UserPackage held, int termDays) {
        Instant end = held.expiresAt();
        if (end == null) {
            throw new IllegalArgumentException("a package that never ends is not renewed");
        }
        Instant later =
                end.atZone(held.terms().calendar().zone()).plusDays(termDays).toInstant();
        return new UserPackageEdit(
                later, held.enabled(), held.priority(), held.terms().limits());
    }
}
