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
}
