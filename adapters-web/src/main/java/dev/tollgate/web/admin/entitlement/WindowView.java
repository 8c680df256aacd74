package dev.tollgate.web.admin.entitlement;

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
 * One window of a user's package, as it is shown: all null where packages of the type have no such window. A package that
 * has ended shows its last windows, one that has not begun its first.
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
        return held.windowsAt(now).stream()
                .filter(window -> window.kind() == kind)
                .findFirst()
                .map(window -> of(held, window))
                .orElse(NONE);
    }

    private static WindowView of(UserPackage held, Window window) {
        Spent spent = spent(held, window);
        Money limit = held.terms().limits().get(window.kind());
        Instant end = window.end();
        return new WindowView(
                limit == null ? null : limit.text(),
                spent.used().text(),
                limit == null ? null : spent.remaining(limit).text(),
                end == null ? null : end.toString());
    }

    /** What running calls hold: the most any present window of the package is held for. */
    static Money held(UserPackage held, Instant now) {
        return held.windowsAt(now).stream()
                .map(window -> spent(held, window).held())
                .reduce(Money.ZERO, Money::max);
    }

    private static Spent spent(UserPackage held, Window window) {
        return held.spent().getOrDefault(window.key(), Spent.NOTHING);
    }
}
