package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.identity.UserId;

/** Who pays for a call. One payer a call, fixed at admission. */
public sealed interface Payer {
    record OfPackage(UserPackageId id) implements Payer {}

    record OfCredit(UserId id) implements Payer {}

    /** Nobody in advance: the call is only metered (postpaid). */
    record Metered() implements Payer {}
}
