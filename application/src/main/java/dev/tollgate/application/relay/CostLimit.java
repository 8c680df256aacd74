package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;

/**
 * A limit on a subject's spending in a window; the live store keeps {@code used} and {@code held}, this says how far they
 * may go. Of two limits for one window that with the higher version stands.
 */
public record CostLimit(Subject subject, Window window, Money limit, long version) {
    /** No limit: more than anybody can spend, far enough from the end of its numbers to be reckoned with. */
    public static final Money NONE = Money.ofNanos(Long.MAX_VALUE / 2);

    /** A limit as an operator sets it, where nothing means none. None is told too: it may be newer than a limit. */
    static CostLimit ofSetting(Subject subject, Window window, Money limit, long version) {
        return new CostLimit(subject, window, limit.isPositive() ? limit : NONE, version);
    }

    public boolean isNone() {
        return limit.equals(NONE);
    }
}
