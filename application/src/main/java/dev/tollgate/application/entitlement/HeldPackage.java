package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;

/** A user's package under the name it had on offer when it was assigned. */
public record HeldPackage(UserPackage held, String name) {}
