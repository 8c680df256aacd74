package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users hold, in lists. */
public final class InMemoryUserPackages implements UserPackages {
    private final Map<UserPackageId, HeldPackage> all = new LinkedHashMap<>();
    private final Map<UserPackageId, List<Numbered>> events = new HashMap<>();
    private final Map<UserPackageId, Boolean> removed = new HashMap<>();
    private long booked;

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
        String reference = event.reference();
        if (stored == null
                || stored.held().version() + 1 != edited.version()
                || (reference != null && assigned(edited.userId(), reference).isPresent())) {
            return false;
        }
        all.put(edited.id(), stored.with(edited.withSpent(Map.of())));
        book(edited.id(), event);
        return true;
    }

    @Override
    public synchronized Optional<UserPackage> remove(UserPackageId id, PackageEvent event) {
        Optional<HeldPackage> found = find(id);
        found.ifPresent(stored -> {
            UserPackage held = stored.held();
            UserPackageEdit end = new UserPackageEdit(
                    held.expiresAt(), false, held.priority(), held.terms().limits());
            all.put(id, stored.with(held.edited(end)));
            removed.put(id, true);
            book(id, event);
        });
        return found.map(stored -> all.getOrDefault(id, stored).held());
    }

    @Override
    public synchronized List<Numbered> events(UserPackageId id, @Nullable Long before, int limit) {
        return events.getOrDefault(id, List.of()).stream()
                .filter(event -> before == null || event.number() < before)
                .sorted(Comparator.comparingLong(Numbered::number).reversed())
                .limit(limit)
                .toList();
    }

    private void book(UserPackageId id, PackageEvent event) {
        events.computeIfAbsent(id, fresh -> new ArrayList<>()).add(new Numbered(++booked, event));
    }

    private boolean isRemoved(HeldPackage held) {
        return removed.containsKey(held.held().id());
    }

    private boolean has(HeldPackage held, String reference) {
        return events.getOrDefault(held.held().id(), List.of()).stream()
                .anyMatch(event -> reference.equals(event.event().reference()));
    }
}
