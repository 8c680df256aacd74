package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users hold, in lists. */
public final class InMemoryUserPackages implements UserPackages {
    private final Map<UserPackageId, HeldPackage> all = new LinkedHashMap<>();
    private final Map<UserPackageId, List<PackageEvent>> events = new HashMap<>();
    private final Map<UserPackageId, Boolean> removed = new HashMap<>();

    @Override
    public synchronized Map<UserId, List<HeldPackage>> of(Collection<UserId> users) {
        Map<UserId, List<HeldPackage>> found = new HashMap<>();
        all.values().stream()
                .filter(held -> users.contains(held.held().userId()) && !isRemoved(held))
                .forEach(held -> found.computeIfAbsent(held.held().userId(), user -> new ArrayList<>())
                        .add(held));
        return found;
    }

    @Override
    public synchronized Optional<HeldPackage> find(UserPackageId id) {
        return Optional.ofNullable(all.get(id)).filter(held -> !isRemoved(held));
    }

    @Override
    public synchronized Optional<HeldPackage> assigned(UserId user, String reference) {
        return all.values().stream()
                .filter(held -> held.held().userId().equals(user) && has(held, reference))
                .findFirst();
    }

    @Override
    public synchronized boolean add(HeldPackage held, PackageEvent event) {
        String reference = event.reference();
        if (reference != null && assigned(held.held().userId(), reference).isPresent()) {
            return false;
        }
        all.put(held.held().id(), held);
        book(held.held().id(), event);
        return true;
    }

    @Override
    public synchronized boolean replace(UserPackage edited, PackageEvent event) {
        HeldPackage stored = find(edited.id()).orElse(null);
        if (stored == null || stored.held().version() + 1 != edited.version()) {
            return false;
        }
        all.put(edited.id(), new HeldPackage(edited.withSpent(Map.of()), stored.name()));
        book(edited.id(), event);
        return true;
    }

    @Override
    public synchronized boolean remove(UserPackageId id, PackageEvent event) {
        if (find(id).isEmpty()) {
            return false;
        }
        removed.put(id, true);
        book(id, event);
        return true;
    }

    @Override
    public synchronized List<PackageEvent> events(UserPackageId id) {
        return List.copyOf(events.getOrDefault(id, List.of()));
    }

    private void book(UserPackageId id, PackageEvent event) {
        events.computeIfAbsent(id, fresh -> new ArrayList<>()).add(event);
    }

    private boolean isRemoved(HeldPackage held) {
        return removed.containsKey(held.held().id());
    }

    private boolean has(HeldPackage held, String reference) {
        return events(held.held().id()).stream().anyMatch(event -> reference.equals(event.reference()));
    }
}
