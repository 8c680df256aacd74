package dev.tollgate.application.alert;

import dev.tollgate.domain.relay.Settlement;
import java.util.List;

class InMemorySpendingLooksTest extends SpendingLooksContract {
    private final InMemorySpendingLooks looks = new InMemorySpendingLooks(SHARD);

    @Override
    protected SpendingLooks looks() {
        return looks;
    }

    @Override
    protected void record(List<Settlement> batch) {
        looks.record(batch);
    }
}
