package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The users, deleted ones included unless said otherwise. Names are unique whatever their case, for ever. Each edit is
 * one transaction that also announces the change.
 */
public interface Users {
    /** What lists of users can be ordered by. */
    Set<String> SORTABLE = Set.of("id", "username", "email", "role", "status", "created_at", "updated_at");

    Optional<StoredUser> find(UserId id);

    Optional<StoredUser> named(String username);

    List<StoredUser> all(Collection<UserId> ids);

    /** Users that are not deleted; the search looks into names and addresses. */
    Page<StoredUser> list(PageQuery query);

    /** Adds a user; false if the name is taken. */
    boolean add(StoredUser user);

    /**
     * Applies a change to a user as it is stored, alone with it; empty if there is no such user. What {@code change}
     * throws undoes all.
     *
     * @throws NameTaken if the change gives the user a name that another one has
     */
    Optional<StoredUser> change(UserId id, UnaryOperator<StoredUser> change);

    /** Sets the price multiplier of these users, or of all that are not deleted if null; returns how many there are. */
    int multiply(@Nullable Set<UserId> ids, @Nullable Multiplier multiplier);

    /** How many active admins there are that are not deleted. */
    int activeAdmins();

    /** Another user has the name. */
    final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NameTaken(String username) {
            super("the name is taken: " + username);
        }
    }
}
