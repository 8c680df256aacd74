package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it saw. */
final class SeenCalls implements CallObserver {
    final List<Settlement> settled = new ArrayList<>();
    final List<RequestId> onlyJournaled = new ArrayList<>();
    final List<String> attempts = new ArrayList<>();

    @Override
    public void settled(Settlement settlement) {
        settled.add(settlement);
    }

    @Override
    public void onlyJournaled(Settlement settlement) {
        onlyJournaled.add(settlement.id());
    }

    @Override
    public void attempted(String platform, AccountType type, Fault.@Nullable Kind failure) {
        attempts.add(platform + " " + type + " " + failure);
    }
}
