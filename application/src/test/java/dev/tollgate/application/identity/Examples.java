package dev.tollgate.application.identity;

import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/** Users for tests. */
public final class Examples {
    public static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

    private Examples() {}

    /** A user with something in every field. */
    public static StoredUser ann() {
        UserTerms terms = new UserTerms(
                "Ann",
                "ann@example.org",
                Role.USER,
                true,
                BillingMode.PREPAID,
                Multiplier.of("1.25"),
                new UserLimits(3, 60, Money.ofNanos(5_000_000_001L), Money.ofNanos(70_000_000_000L)),
                HomeZone.of(ZoneId.of("Asia/Kathmandu")).changeTo(ZoneId.of("UTC"), START),
                Set.of(new GroupId(4), new GroupId(9)));
        return new StoredUser(terms.user(new UserId(11)), new Login("hash of ann", false, 5), START, START, null);
    }

    /** A user with as little as can be. */
    public static StoredUser named(long id, String username, Role role) {
        UserTerms terms = new UserTerms(
                username,
                null,
                role,
                true,
                BillingMode.POSTPAID,
                null,
                UserLimits.NONE,
                HomeZone.of(ZoneId.of("UTC")),
                Set.of());
        Instant created = START.plusSeconds(id);
        return new StoredUser(
                terms.user(new UserId(id)), new Login("hash of " + username, true, 0), created, created, null);
    }
}
