package dev.tollgate.domain.relay;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;

/**
 * Money taken in advance.
 *
 * @param clamped whether the call's output bound was lowered to what the payer had left
 */
public record Hold(Payer payer, SpendMode mode, Money amount, boolean clamped) {}
