package dev.tollgate.domain.entitlement;

/** Something of a user's that cannot pay for a call, and why, before money is looked at. */
public sealed interface PassedOver {
    record OfPackage(UserPackageId id, UserPackage.Unfit reason) implements PassedOver {}

    /** The user was never granted credit, or all of it was taken back. */
    record Credit() implements PassedOver {}
}
