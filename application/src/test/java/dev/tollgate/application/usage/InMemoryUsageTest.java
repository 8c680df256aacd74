package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Settlement;
import java.util.List;

class InMemoryUsageTest extends UsageReadsContract {
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final InMemoryUsage usage = new InMemoryUsage(ledger::records);

    @Override
    protected UsageRecords records() {
        return usage;
    }

    @Override
    protected UsageQueries queries() {
        return usage;
    }

    @Override
    protected SubjectUsage subjects() {
        return usage;
    }

    @Override
    protected void record(List<Settlement> settlements) {
        ledger.record(0, settlements, null);
    }
}
