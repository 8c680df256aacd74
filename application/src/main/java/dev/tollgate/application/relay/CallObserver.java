package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.Settlement;
import org.jspecify.annotations.Nullable;

/** Sees what becomes of calls, for metrics and logs; it changes nothing and must not block. */
public interface CallObserver {
    void settled(Settlement settlement);

    /** The live store could not be told of a result; only the journal has it. */
    void onlyJournaled(Settlement settlement);

    /**
     * An attempt ended.
     *
     * @param platform the family of the model looked up, as in the call's ticket
     * @param failure null for one that was answered
     */
    void attempted(String platform, AccountType type, Fault.@Nullable Kind failure);
}
