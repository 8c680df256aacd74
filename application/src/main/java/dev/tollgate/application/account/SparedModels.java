package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Models that single accounts are spared for a while; what is over is forgotten with the next entry. */
final class SparedModels {
    private final Map<Spared, Instant> until = new ConcurrentHashMap<>();

    private record Spared(AccountId account, String model) {}

    void spare(AccountId account, String model, Instant end, Instant now) {
        until.values().removeIf(over -> !now.isBefore(over));
        until.merge(new Spared(account, model), end, (before, later) -> before.isAfter(later) ? before : later);
    }

    void forget(AccountId account) {
        until.keySet().removeIf(spared -> spared.account().equals(account));
    }

    boolean isSpared(AccountId account, String model, Instant now) {
        Instant end = until.get(new Spared(account, model));
        return end != null && now.isBefore(end);
    }
}
