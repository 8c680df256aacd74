package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.util.Optional;

/** What calls were charged, by their records. */
public interface Charges {
    /** A user's call's charge; empty if the user has no record of that id (yet). */
    Optional<Money> of(UserId user, RequestId call);
}
