package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where usage rests for years: SQL. */
public interface UsageLedger {
    /**
     * Records settlements with their attempts, rollups, windows, credit and account totals, all in one transaction. What
     * is recorded already is skipped or, where an orphan was, made up to the final result by an adjustment; so a batch
     * repeated, re-cut or raced counts once.
     */
    void record(int shard, List<Settlement> batch);

    /** Which of these calls are recorded with a final result. */
    Set<RequestId> recorded(Collection<RequestId> ids);

    /** What SQL knows to be used in a subject's windows. */
    Map<WindowKey, Money> used(Subject subject);
}
