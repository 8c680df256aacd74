package dev.tollgate.application.account;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Health;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Use case: keep the upstream accounts. */
public interface ManageAccounts {
    /** All of them, newest first. */
    List<StoredAccount> all();

    Optional<StoredAccount> find(AccountId id);

    Outcome create(AccountForm form, Map<String, String> credentials);

    /** Applies a change to what is stored; of the credentials null clears a field and a field left out stays. */
    Outcome change(AccountId id, UnaryOperator<AccountForm> change, Map<String, @Nullable String> credentials);

    boolean remove(AccountId id);

    /** Gives an account another health, at once on this node and lastingly. */
    Optional<StoredAccount> set(AccountId id, Health health);

    /** Makes an account valid again and forgets its failures in a row. */
    Optional<StoredAccount> recover(AccountId id);

    /** What of the credentials may be shown, by field. */
    Map<String, String> masked(StoredAccount account);

    /** What became of an edit. */
    sealed interface Outcome {
        record Done(StoredAccount account) implements Outcome {}

        record Invalid(List<FieldError> errors) implements Outcome {
            public Invalid {
                errors = List.copyOf(errors);
            }
        }

        record NoSuchAccount() implements Outcome {}
    }
}
