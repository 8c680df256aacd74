package dev.tollgate.application.relay;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Subject;

/** Is told of calls that were refused because a package or a credit could not carry them. */
public interface RefusedSpending {
    /**
     * Returns at once.
     *
     * @param subject the package, or the user's credit
     * @param window the one that has too little left
     */
    void refused(UserId user, Subject subject, WindowKey window);
}
