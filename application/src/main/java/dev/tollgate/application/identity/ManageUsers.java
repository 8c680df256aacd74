package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Use case: keep the list of users. A change of password, role or status ends what the user is signed in to. */
public interface ManageUsers {
    /** Users that are not deleted. */
    Page<StoredUser> list(PageQuery query);

    /** A user, deleted or not. */
    Optional<StoredUser> find(UserId id);

    Outcome create(UserTerms terms, String password);

    /** Applies a change to the terms as they are stored; a password of null leaves it as it is. */
    Outcome change(UserId id, UnaryOperator<UserTerms> change, @Nullable String password);

    /** Deletes a user: it can no longer sign in, its keys stop working, its records stay. */
    Outcome remove(UserId id);

    /** Brings a deleted user back as it was; its sign-ins stay ended. */
    Outcome restore(UserId id);

    /** Sets the price multiplier of these users, or of all if null; returns how many there are. */
    int multiplyPrices(@Nullable Set<UserId> ids, @Nullable Multiplier multiplier);

    /** What became of an edit. */
    sealed interface Outcome {
        record Done(StoredUser user) implements Outcome {}

        /** There is no such user, or it is deleted. */
        record NoSuchUser() implements Outcome {}

        /** Another user, perhaps a deleted one, has the name. */
        record NameTaken() implements Outcome {}

        /** Nobody could administer Tollgate any more. */
        record LastAdmin() implements Outcome {}
    }
}
