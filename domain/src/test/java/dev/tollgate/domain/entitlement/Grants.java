package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Packages as tests hold them: $10 a day, $60 a week, $300 a month, in UTC; or $5 for good. */
final class Grants {
    private Grants() {}

    static UserPackage subscription(Instant startsAt, @Nullable Instant expiresAt) {
        return grant(subscriptionTerms(WindowCalendar.of(ZoneOffset.UTC)), startsAt, expiresAt, true);
    }

    static UserPackage subscription(WindowCalendar calendar, Instant startsAt, @Nullable Instant expiresAt) {
        return grant(subscriptionTerms(calendar), startsAt, expiresAt, true);
    }

    static UserPackage quota(Instant startsAt, @Nullable Instant expiresAt) {
        PackageTerms terms = new PackageTerms(
                PackageType.QUOTA,
                SpendMode.STRICT,
                WindowCalendar.of(ZoneOffset.UTC),
                Map.of(WindowKind.TOTAL, dollars("5")),
                ModelPatterns.NONE);
        return grant(terms, startsAt, expiresAt, true);
    }

    static UserPackage unlimited(Instant startsAt) {
        PackageTerms terms = new PackageTerms(
                PackageType.SUBSCRIPTION,
                SpendMode.STRICT,
                WindowCalendar.of(ZoneOffset.UTC),
                Map.of(),
                ModelPatterns.NONE);
        return grant(terms, startsAt, null, true);
    }

    static UserPackage disabled(Instant startsAt) {
        return grant(subscriptionTerms(WindowCalendar.of(ZoneOffset.UTC)), startsAt, null, false);
    }

    static List<WindowKey> keys(UserPackage held, Instant admittedAt) {
        return held.windowsAt(admittedAt).stream().map(Window::key).toList();
    }

    static Money dollars(String amount) {
        return Money.ofDollars(amount);
    }

    private static PackageTerms subscriptionTerms(WindowCalendar calendar) {
        return new PackageTerms(
                PackageType.SUBSCRIPTION,
                SpendMode.STRICT,
                calendar,
                Map.of(
                        WindowKind.DAY, dollars("10"),
                        WindowKind.WEEK, dollars("60"),
                        WindowKind.MONTH, dollars("300")),
                new ModelPatterns(Set.of("claude-*")));
    }

    private static UserPackage grant(
            PackageTerms terms, Instant startsAt, @Nullable Instant expiresAt, boolean enabled) {
        return new UserPackage(
                new UserPackageId(15),
                new UserId(7),
                new PackageId(3),
                terms,
                startsAt,
                expiresAt,
                enabled,
                0,
                1,
                Map.of());
    }
}
