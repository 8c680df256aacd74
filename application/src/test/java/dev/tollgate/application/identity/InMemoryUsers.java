package dev.tollgate.application.identity;

import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Users in a map. */
public final class InMemoryUsers implements Users {
    private boolean isAway;
    private static final Map<String, Comparator<StoredUser>> ORDERS = Map.of(
            "username", Comparator.comparing(user -> nameKey(user)),
            "created_at", Comparator.comparing(StoredUser::createdAt));

    private final Map<Long, StoredUser> users = new TreeMap<>();
    private final InMemoryChanges changes;

    public InMemoryUsers(InMemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public synchronized Optional<StoredUser> find(UserId id) {
        return Optional.ofNullable(users.get(id.value()));
    }

    /** Whether looking for a name fails, as while a database is away. */
    public synchronized void setAway(boolean away) {
        isAway = away;
    }

    @Override
    public synchronized Optional<StoredUser> named(String username) {
        if (isAway) {
            throw new StoreUnavailable("away for the test", null);
        }
        String key = username.toLowerCase(Locale.ROOT);
        return users.values().stream().filter(user -> nameKey(user).equals(key)).findFirst();
    }

    @Override
    public synchronized List<StoredUser> all(Collection<UserId> ids) {
        return users.values().stream().filter(user -> ids.contains(user.id())).toList();
    }

    @Override
    public synchronized Page<StoredUser> list(PageQuery query) {
        Comparator<StoredUser> ascending = ORDERS.getOrDefault(
                String.valueOf(query.sort()),
                Comparator.comparingLong(user -> -user.id().value()));
        List<StoredUser> found = users.values().stream()
                .filter(user -> !user.isDeleted() && matches(user, query.search()))
                .sorted(query.descending() ? ascending.reversed() : ascending)
                .toList();
        return new Page<>(
                found.stream().skip(query.offset()).limit(query.pageSize()).toList(), found.size());
    }

    @Override
    public synchronized boolean add(StoredUser user) {
        if (named(user.user().username()).isPresent()) {
            return false;
        }
        put(user);
        return true;
    }

    @Override
    public synchronized Optional<StoredUser> change(UserId id, UnaryOperator<StoredUser> change) {
        Optional<StoredUser> changed = find(id).map(change);
        changed.ifPresent(user -> {
            boolean taken = named(user.user().username())
                    .filter(other -> !other.id().equals(id))
                    .isPresent();
            if (taken) {
                throw new NameTaken(user.user().username());
            }
            put(user);
        });
        return changed;
    }

    @Override
    public synchronized int multiply(@Nullable Set<UserId> ids, @Nullable Multiplier multiplier) {
        List<StoredUser> chosen = users.values().stream()
                .filter(user -> !user.isDeleted() && (ids == null || ids.contains(user.id())))
                .toList();
        chosen.forEach(user -> put(user.edited(multiplied(user, multiplier), user.login(), user.updatedAt())));
        return chosen.size();
    }

    @Override
    public synchronized int activeAdmins() {
        return Math.toIntExact(users.values().stream()
                .filter(user -> user.isActive() && user.user().role() == Role.ADMIN)
                .count());
    }

    private void put(StoredUser user) {
        users.put(user.id().value(), user);
        changes.changed(Kind.USER, user.id().value());
    }

    private static User multiplied(StoredUser user, @Nullable Multiplier multiplier) {
        UserTerms terms = UserTerms.of(user.user());
        return new UserTerms(
                        terms.username(),
                        terms.email(),
                        terms.role(),
                        terms.active(),
                        terms.billingMode(),
                        multiplier,
                        terms.limits(),
                        terms.home(),
                        terms.groups())
                .edited(user.user());
    }

    private static boolean matches(StoredUser user, @Nullable String search) {
        String text = user.user().username() + "\n" + user.user().email();
        return search == null || text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }

    private static String nameKey(StoredUser user) {
        return user.user().username().toLowerCase(Locale.ROOT);
    }
}
