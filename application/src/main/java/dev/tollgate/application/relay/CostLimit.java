package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;

/**
 * A limit on a subject's spending in a window; the live store keeps {@code used} and {@code held}, this says how far they
 * may go. Of two limits for one window that with the higher version stands.
 */
public record CostLimit(Subject subject, Window window, Money limit, long version) {}
