package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bindings in memory. */
public final class InMemoryBindings implements Bindings {
    private final InstantSource clock;
    private final Map<String, Bound> bound = new ConcurrentHashMap<>();

    public InMemoryBindings(InstantSource clock) {
        this.clock = clock;
    }

    private record Bound(AccountId account, Instant until) {}

    @Override
    public void bind(Collection<String> digests, AccountId account) {
        digests.forEach(
                digest -> bound.put(digest, new Bound(account, clock.instant().plus(KEPT))));
    }

    @Override
    public Map<String, AccountId> find(Collection<String> digests) {
        Map<String, AccountId> found = new HashMap<>();
        for (String digest : digests) {
            Bound known = bound.get(digest);
            if (known != null && clock.instant().isBefore(known.until())) {
                found.put(digest, known.account());
            }
        }
        return found;
    }
}
