package dev.tollgate.application.relay;

import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A day's budget is a guard and not money; yet while usage is on its way to SQL, SQL's sums only raise it. */
public final class CorrectBudgetsService implements CorrectBudgets {
    private final LiveStore liveStore;
    private final UsageLedger ledger;
    private final InstantSource clock;

    public CorrectBudgetsService(LiveStore liveStore, UsageLedger ledger, InstantSource clock) {
        this.liveStore = liveStore;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void correct() {
        boolean wasComplete = liveStore.backlog() == 0;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<AccountId, Money> spent = new HashMap<>();
        ledger.upstreamCost(today).forEach((account, cost) -> spent.put(account, cost.covered(Multiplier.ONE)));
        liveStore.spentUpstream(today, spent, wasComplete && liveStore.backlog() == 0);
    }
}
