package dev.tollgate.application.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keys in memory, all of them active. */
final class InMemoryExpiringKeys implements ExpiringKeys {
    private final List<ExpiringKey> keys = new ArrayList<>();

    void add(ExpiringKey key) {
        keys.removeIf(old -> old.id().equals(key.id()));
        keys.add(key);
    }

    @Override
    public List<ExpiringKey> between(Instant from, Instant to, long after, int limit) {
        return keys.stream()
                .filter(key -> key.id().value() > after)
                .filter(key -> key.expiresAt().isAfter(from) && !key.expiresAt().isAfter(to))
                .sorted(Comparator.comparingLong(key -> key.id().value()))
                .limit(limit)
                .toList();
    }
}
