package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a call is let in, and on which terms. */
sealed interface Admission {
    /**
     * @param wantedModel the name that goes upstream unless the account maps it
     * @param outputBound the output bound to send, null to leave the body's own
     * @param size what it can come to
     * @param boundTo the account the call's session is bound to, null if none
     * @param sessions the call's session digests, strongest first
     * @param isUnheld whether it was let in while the live store was away, which knows nothing of it
     * @param slicing how more is held while it streams; null if all it can cost, or an estimate, is held at once
     */
    record Admitted(
            Ticket ticket,
            PriceSheet sheet,
            String wantedModel,
            @Nullable Long outputBound,
            CallSize size,
            @Nullable AccountId boundTo,
            List<String> sessions,
            boolean isUnheld,
            @Nullable Slicing slicing)
            implements Admission {}

    record Refused(CallError error) implements Admission {}
}
