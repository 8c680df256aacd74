package dev.tollgate.web.admin.entitlement;

import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One window of a user's package, as it is shown: all null where packages of the type have no such window.
 *
 * @param quota null where there is no limit; then nothing remains to be told either
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record WindowView(
        @Nullable String quota,
        @Nullable String used,
        @Nullable String remaining,
        @Nullable String resetsAt) {
    private static final WindowView NONE = new WindowView(null, null, null, null);

    static WindowView of(UserPackage held, WindowKind kind, Instant now) {
        boolean has = (kind == WindowKind.TOTAL) == (held.terms().type() == PackageType.QUOTA);
        if (!has) {
            return NONE;
        }
        Window window = window(held, kind, now);
        Spent spent = held.spent().getOrDefault(window.key(), Spent.NOTHING);
        Money limit = held.terms().limits().get(kind);
        Instant end = window.end();
        return new WindowView(
                limit == null ? null : limit.text(),
                spent.used().text(),
                limit == null ? null : spent.remaining(limit).text(),
                end == null ? null : end.toString());
    }

    /** What running calls hold: the most any present window of the package is held for. */
    static Money held(UserPackage held, Instant now) {
        Money most = Money.ZERO;
        for (WindowKind kind : WindowKind.values()) {
            Window window = window(held, kind, now);
            most = most.max(
                    held.spent().getOrDefault(window.key(), Spent.NOTHING).held());
        }
        return most;
    }

    private static Window window(UserPackage held, WindowKind kind, Instant now) {
        return held.terms().calendar().window(kind, now).cutAt(held.expiresAt());
    }
}
